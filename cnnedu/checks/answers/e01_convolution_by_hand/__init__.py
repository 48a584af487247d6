"""Exercise 01: the references, the right answers by hand and the well-known mistakes."""

from cnnedu.checks.answers.e01_convolution_by_hand import changes, flips, strides
from cnnedu.checks.answers.e01_convolution_by_hand.by_hand import BY_HAND, BY_HAND_MISTAKES, PICTURE
from cnnedu.checks.answers.e01_convolution_by_hand.changes import outputs_changed
from cnnedu.checks.answers.e01_convolution_by_hand.flips import flip
from cnnedu.checks.answers.e01_convolution_by_hand.strides import correlate2d

MISTAKES = {
    "correlate2d": strides.MISTAKES,
    "outputs_changed": changes.MISTAKES,
    "flip": flips.MISTAKES,
}
