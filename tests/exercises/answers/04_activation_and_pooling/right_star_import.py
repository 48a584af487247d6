# loses nothing: all of NumPy's names, and variables with the names of a check's tools

# %% grade_id="04-by-hand"
from fractions import Fraction

run = [[[-1, 7], [5, -1]], [[Fraction(-12, 4), 3], [Fraction(4, 4), -3]], [[0, 3], [Fraction(8, 4), 0]]]
by_hand = run

# %% grade_id="04-leaky-relu"
from numpy import *

case, check, message = 0, 1, "ReLU"


def leaky_relu(x, slope):
    factor = ones(x.shape) * slope
    factor[x > case] = check
    return x * factor

# %% grade_id="04-softmax"
def softmax(logits):
    logits = logits - max(logits, axis=1)[:, newaxis]
    return exp(logits - log(sum(exp(logits), axis=1))[:, newaxis])

# %% grade_id="04-max-pool2d"
def windows(x, size, stride):
    """Return all windows, shape (N, C, size², OH, OW)."""
    OH, OW = ((n - size) // stride + 1 for n in x.shape[2:])
    run = [
        x[:, :, u : u + (OH - 1) * stride + 1 : stride, v : v + (OW - 1) * stride + 1 : stride]
        for u in range(size)
        for v in range(size)
    ]
    return stack(run, axis=2)


def max_pool2d(x, size, stride):
    return windows(x, size, stride).max(axis=2)

# %% grade_id="04-avg-pool2d"
def avg_pool2d(x, size, stride):
    return windows(x, size, stride).mean(axis=2)

# %% grade_id="04-global-avg-pool2d"
def global_avg_pool2d(x):
    return average(x, axis=(2, 3))[..., newaxis, newaxis]
