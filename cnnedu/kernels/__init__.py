"""The reference mathematics of the course, in plain NumPy."""

from cnnedu.kernels.activation import (
    gelu,
    gelu_backward,
    leaky_relu,
    leaky_relu_backward,
    relu,
    relu_backward,
    sigmoid,
    sigmoid_backward,
    tanh,
    tanh_backward,
)
from cnnedu.kernels.convolution import (
    conv2d,
    conv2d_backward,
    conv_transpose2d,
    conv_transpose2d_backward,
)
from cnnedu.kernels.correlate import (
    convolve2d,
    correlate2d,
)
from cnnedu.kernels.dropout import (
    dropout,
    dropout_backward,
)
from cnnedu.kernels.geometry import output_size
from cnnedu.kernels.global_pooling import (
    global_avg_pool2d,
    global_avg_pool2d_backward,
    global_max_pool2d,
    global_max_pool2d_backward,
)
from cnnedu.kernels.gradcheck import (
    gradcheck,
    numeric_gradient,
    step_size_errors,
)
from cnnedu.kernels.linear import (
    flatten,
    flatten_backward,
    linear,
    linear_backward,
)
from cnnedu.kernels.loss import (
    cross_entropy,
    cross_entropy_backward,
)
from cnnedu.kernels.normalization import (
    batch_norm,
    batch_norm_backward,
)
from cnnedu.kernels.pooling import (
    avg_pool2d,
    avg_pool2d_backward,
    max_pool2d,
    max_pool2d_backward,
)
from cnnedu.kernels.softmax import (
    log_softmax,
    log_softmax_backward,
    softmax,
    softmax_backward,
)
from cnnedu.kernels.unfolding import col2im, im2col
