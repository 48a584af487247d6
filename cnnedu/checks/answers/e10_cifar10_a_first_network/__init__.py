"""Exercise 10: the references, the right answers by hand and the well-known mistakes."""

from cnnedu.checks.answers.e10_cifar10_a_first_network import (
    choice,
    confidence,
    confusion,
    pairs,
    shares,
)
from cnnedu.checks.answers.e10_cifar10_a_first_network.by_hand import BY_HAND, BY_HAND_MISTAKES
from cnnedu.checks.answers.e10_cifar10_a_first_network.choice import choose
from cnnedu.checks.answers.e10_cifar10_a_first_network.confidence import confident_mistakes
from cnnedu.checks.answers.e10_cifar10_a_first_network.confusion import confusion_matrix
from cnnedu.checks.answers.e10_cifar10_a_first_network.pairs import paired_difference
from cnnedu.checks.answers.e10_cifar10_a_first_network.shares import precision_recall

MISTAKES = {
    "confusion_matrix": confusion.MISTAKES,
    "precision_recall": shares.MISTAKES,
    "confident_mistakes": confidence.MISTAKES,
    "paired_difference": pairs.MISTAKES,
    "choose": choice.MISTAKES,
}
