"""Exercise 07b: the references, the right answers by hand and the well-known mistakes."""

from cnnedu.checks.answers.e07b_a_network_of_your_own import gates, graph, norm
from cnnedu.checks.answers.e07b_a_network_of_your_own.by_hand import (
    BY_HAND,
    BY_HAND_MISTAKES,
    GRADIENTS,
)
from cnnedu.checks.answers.e07b_a_network_of_your_own.gates import gate_numbers
from cnnedu.checks.answers.e07b_a_network_of_your_own.graph import gradients_of
from cnnedu.checks.answers.e07b_a_network_of_your_own.norm import layer_norm_numbers

MISTAKES = {
    "gradients_of": graph.MISTAKES,
    "layer_norm_numbers": norm.MISTAKES,
    "gate_numbers": gates.MISTAKES,
}
