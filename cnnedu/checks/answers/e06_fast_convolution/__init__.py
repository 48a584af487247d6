"""Exercise 06: the references, the right answers by hand and the well-known mistakes."""

from cnnedu.checks.answers.e06_fast_convolution.by_hand import (
    BY_HAND,
    BY_HAND_MISTAKES,
    COLUMNS,
    MEMORY,
)
from cnnedu.checks.answers.e06_fast_convolution.columns import MISTAKES, conv2d_im2col, copies
