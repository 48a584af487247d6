"""Exercise 07: the references, the right answers by hand and the well-known mistakes."""

from cnnedu.checks.answers.e07_backpropagation_through_convolution import (
    differences,
    inputs,
    pooling,
    weights,
)
from cnnedu.checks.answers.e07_backpropagation_through_convolution.by_hand import (
    BY_HAND,
    BY_HAND_MISTAKES,
    GRADIENTS,
)
from cnnedu.checks.answers.e07_backpropagation_through_convolution.differences import (
    numeric_gradient,
)
from cnnedu.checks.answers.e07_backpropagation_through_convolution.inputs import input_gradient
from cnnedu.checks.answers.e07_backpropagation_through_convolution.pooling import max_pool_gradient
from cnnedu.checks.answers.e07_backpropagation_through_convolution.weights import weight_gradient

MISTAKES = {
    "weight_gradient": weights.MISTAKES,
    "input_gradient": inputs.MISTAKES,
    "max_pool_gradient": pooling.MISTAKES,
    "numeric_gradient": differences.MISTAKES,
}
