# loses nothing: strided windows and no loops, the leak as a sum of two ReLUs

# %% grade_id="04-leaky-relu"
def leaky_relu(x, slope):
    return np.maximum(x, 0) + slope * np.minimum(x, 0)


# %% grade_id="04-softmax"
def softmax(logits):
    differences = logits[:, None, :] - logits[:, :, None]
    with np.errstate(over="ignore"):
        return 1 / np.exp(differences).sum(axis=2)


# %% grade_id="04-max-pool2d"
def max_pool2d(x, size, stride):
    windows = np.lib.stride_tricks.sliding_window_view(x, (size, size), axis=(2, 3))
    return windows[:, :, ::stride, ::stride].max((4, 5))


# %% grade_id="04-avg-pool2d"
def avg_pool2d(x, size, stride):
    corners = np.pad(x.astype(float), ((0, 0), (0, 0), (1, 0), (1, 0))).cumsum(2).cumsum(3)
    sums = corners[:, :, size:, size:] - corners[:, :, :-size, size:]
    sums = sums - corners[:, :, size:, :-size] + corners[:, :, :-size, :-size]
    return sums[:, :, ::stride, ::stride] / size**2


# %% grade_id="04-global-avg-pool2d"
global_avg_pool2d = lambda x: np.einsum("nchw->nc", x)[:, :, None, None] / x[0, 0].size
