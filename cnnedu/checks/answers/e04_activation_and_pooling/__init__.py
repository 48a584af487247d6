"""Exercise 04: the references, the right answers by hand and the well-known mistakes."""

from cnnedu.checks.answers.e04_activation_and_pooling import moves, pooling, shares
from cnnedu.checks.answers.e04_activation_and_pooling.by_hand import BY_HAND, BY_HAND_MISTAKES, ROW
from cnnedu.checks.answers.e04_activation_and_pooling.moves import left_over
from cnnedu.kernels import max_pool2d, softmax

MISTAKES = {
    "softmax": shares.MISTAKES,
    "max_pool2d": pooling.MISTAKES,
    "left_over": moves.MISTAKES,
}
