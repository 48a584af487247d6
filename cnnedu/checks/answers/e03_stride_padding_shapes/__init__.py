"""Exercise 03: the references, the right answers by hand and the well-known mistakes."""

from cnnedu.checks.answers.e03_stride_padding_shapes.by_hand import (
    BY_HAND,
    BY_HAND_MISTAKES,
    SIZES,
    UNSEEN,
)
from cnnedu.checks.answers.e03_stride_padding_shapes.shapes import (
    MISTAKES,
    conv2d,
    pad2d,
    same_padding,
)
