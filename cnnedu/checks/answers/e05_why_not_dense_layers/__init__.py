"""Exercise 05: the references, the right answers by hand and the well-known mistakes."""

from cnnedu.checks.answers.e05_why_not_dense_layers import costs, diagnosis, field, matrix
from cnnedu.checks.answers.e05_why_not_dense_layers.by_hand import (
    BY_HAND,
    BY_HAND_MISTAKES,
    DEPTH,
    TWO_LAYERS,
)
from cnnedu.checks.answers.e05_why_not_dense_layers.costs import layer_costs
from cnnedu.checks.answers.e05_why_not_dense_layers.diagnosis import diagnose
from cnnedu.checks.answers.e05_why_not_dense_layers.field import receptive_field
from cnnedu.checks.answers.e05_why_not_dense_layers.matrix import conv_matrix

MISTAKES = {
    "layer_costs": costs.MISTAKES,
    "conv_matrix": matrix.MISTAKES,
    "diagnose": diagnosis.MISTAKES,
    "receptive_field": field.MISTAKES,
}
