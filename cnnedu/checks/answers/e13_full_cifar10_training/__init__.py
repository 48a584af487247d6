"""Exercise 13: the references, the right answers by hand and the well-known mistakes."""

from cnnedu.checks.answers.e13_full_cifar10_training import ablation, schedule, turns, views
from cnnedu.checks.answers.e13_full_cifar10_training.ablation import in_errors
from cnnedu.checks.answers.e13_full_cifar10_training.by_hand import BY_HAND, BY_HAND_MISTAKES
from cnnedu.checks.answers.e13_full_cifar10_training.schedule import one_cycle
from cnnedu.checks.answers.e13_full_cifar10_training.turns import flip_in_turns
from cnnedu.checks.answers.e13_full_cifar10_training.views import view_logits

MISTAKES = {
    "one_cycle": schedule.MISTAKES,
    "flip_in_turns": turns.MISTAKES,
    "view_logits": views.MISTAKES,
    "in_errors": ablation.MISTAKES,
}
