"""Exercise 12: the references, the right answers by hand and the well-known mistakes."""

from cnnedu.checks.answers.blocks import (
    residual_in_evaluation,
    residual_in_training,
    residual_slopes,
    squeezed_in_evaluation,
    squeezed_in_training,
)
from cnnedu.checks.answers.e12_architectures import cost, memory, modules
from cnnedu.checks.answers.e12_architectures.by_hand import BY_HAND, BY_HAND_MISTAKES
from cnnedu.checks.answers.e12_architectures.cost import conv_cost
from cnnedu.checks.answers.e12_architectures.memory import kept_bytes

MISTAKES = {
    "conv_cost": cost.MISTAKES,
    "kept_bytes": memory.MISTAKES,
    **modules.MISTAKES,
}
