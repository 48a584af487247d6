"""Exercise 02: the reference, the right answers by hand and the well-known mistakes."""

from cnnedu.checks.answers.e02_filters_and_features.by_hand import (
    BY_HAND,
    BY_HAND_MISTAKES,
    PICTURE,
)
from cnnedu.checks.answers.e02_filters_and_features.kernels import MISTAKES, find_kernel
