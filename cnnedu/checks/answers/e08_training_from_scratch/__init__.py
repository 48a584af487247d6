"""Exercise 08: the references, the right answers by hand and the well-known mistakes."""

from cnnedu.checks.answers.e08_training_from_scratch import adam, gradient, loop, schedule
from cnnedu.checks.answers.e08_training_from_scratch.adam import adam_step
from cnnedu.checks.answers.e08_training_from_scratch.by_hand import BY_HAND, BY_HAND_MISTAKES
from cnnedu.checks.answers.e08_training_from_scratch.gradient import cross_entropy_gradient
from cnnedu.checks.answers.e08_training_from_scratch.loop import train
from cnnedu.checks.answers.e08_training_from_scratch.schedule import rate

MISTAKES = {
    "cross_entropy_gradient": gradient.MISTAKES,
    "adam_step": adam.MISTAKES,
    "rate": schedule.MISTAKES,
    "train": loop.MISTAKES,
}
