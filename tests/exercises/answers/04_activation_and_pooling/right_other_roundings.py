# loses nothing: logarithms, sums from the corner and one axis after the other

# %% grade_id="04-leaky-relu"
def leaky_relu(x, slope):
    return ((1 + slope) * x + (1 - slope) * abs(x)) / 2


# %% grade_id="04-softmax"
def softmax(logits):
    return np.exp(logits - np.logaddexp.reduce(1.0 * logits, axis=1, keepdims=True))


# %% grade_id="04-max-pool2d"
def max_pool2d(x, size, stride):
    for axis in (2, 3):
        x = np.lib.stride_tricks.sliding_window_view(x, size, axis=axis).max(axis=-1)
    return x[:, :, ::stride, ::stride]


# %% grade_id="04-avg-pool2d"
def avg_pool2d(x, size, stride):
    corner = np.pad(1.0 * x, ((0, 0), (0, 0), (1, 0), (1, 0))).cumsum(axis=2).cumsum(axis=3)
    rows = corner[:, :, size:] - corner[:, :, :-size]
    return (rows[..., size:] - rows[..., :-size])[:, :, ::stride, ::stride] / size**2


# %% grade_id="04-global-avg-pool2d"
def global_avg_pool2d(x):
    return np.add.reduce(x, axis=(2, 3), keepdims=True) / (x.shape[2] * x.shape[3])
