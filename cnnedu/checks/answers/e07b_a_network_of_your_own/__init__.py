"""Exercise 07b: the references, the right answers by hand and the well-known mistakes."""

from cnnedu.checks.answers.e07b_a_network_of_your_own import gates, graph, norm
from cnnedu.checks.answers.e07b_a_network_of_your_own.gates import gate_numbers
from cnnedu.checks.answers.e07b_a_network_of_your_own.graph import gradients_of
from cnnedu.checks.answers.e07b_a_network_of_your_own.norm import layer_norm_numbers

BY_HAND = {"by_hand": [15, 20, 60, 85]}
BY_HAND_MISTAKES = {
    "by_hand": (
        ([15, 5, 15, 25], "u is used twice: by the ReLU and in v · u; its gradients add up"),
        ([15, 15, 45, 65], "u is used twice: by the ReLU and in v · u; its gradients add up"),
        ([12, 17, 51, 73], "v is used twice: in v · u and in a · v; its gradients add up"),
        ([3, 8, 24, 37], "v is used twice: in v · u and in a · v; its gradients add up"),
        ([15, 20, 60, 80], "a is used twice: in a · b and in a · v; its gradients add up"),
        ([15, 20, 60, 5], "a is used twice: in a · b and in a · v; its gradients add up"),
        ([15, 20, 80, 65], "the gradient of b holds a, and that of a holds b"),
    ),
}
MISTAKES = {
    "gradients_of": graph.MISTAKES,
    "layer_norm_numbers": norm.MISTAKES,
    "gate_numbers": gates.MISTAKES,
}
