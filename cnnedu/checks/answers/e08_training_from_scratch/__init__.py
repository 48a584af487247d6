"""Exercise 08: the references, the right answers by hand and the well-known mistakes."""

from cnnedu.checks.answers.e08_training_from_scratch import adam, gradient, loop, network, schedule
from cnnedu.checks.answers.e08_training_from_scratch.adam import adam_step
from cnnedu.checks.answers.e08_training_from_scratch.by_hand import BY_HAND, BY_HAND_MISTAKES, STEP
from cnnedu.checks.answers.e08_training_from_scratch.gradient import cross_entropy_gradient
from cnnedu.checks.answers.e08_training_from_scratch.loop import after_training
from cnnedu.checks.answers.e08_training_from_scratch.network import gradient_rows, scores
from cnnedu.checks.answers.e08_training_from_scratch.schedule import rate

MISTAKES = {
    "cross_entropy_gradient": gradient.MISTAKES,
    "adam_step": adam.MISTAKES,
    "rate": schedule.MISTAKES,
    "scores": network.SCORES_MISTAKES,
    "gradient_rows": network.GRADIENT_MISTAKES,
    "after_training": loop.MISTAKES,
}
