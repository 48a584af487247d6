# loses nothing: whole pictures are shifted and compared, no window is cut out

# %% grade_id="04-leaky-relu"
def leaky_relu(x, slope):
    return 0.5 * ((1 + slope) * x + (1 - slope) * abs(x))

# %% grade_id="04-softmax"
import functools


def softmax(logits):
    largest = functools.reduce(np.maximum, logits.T)
    powers = np.exp(logits.T - largest)
    return (powers / sum(powers)).T

# %% grade_id="04-max-pool2d"
def max_pool2d(x, size, stride):
    x = functools.reduce(np.maximum, [x[:, :, u : x.shape[2] - size + 1 + u] for u in range(size)])
    x = functools.reduce(np.maximum, [x[..., v : x.shape[3] - size + 1 + v] for v in range(size)])
    return x[:, :, ::stride, ::stride]

# %% grade_id="04-avg-pool2d"
def avg_pool2d(x, size, stride):
    x = sum(x[:, :, u : x.shape[2] - size + 1 + u] for u in range(size)) / size
    x = sum(x[..., v : x.shape[3] - size + 1 + v] for v in range(size)) / size
    return x[:, :, ::stride, ::stride]

# %% grade_id="04-global-avg-pool2d"
def global_avg_pool2d(x):
    height, width = x.shape[2:]
    return (np.ones(height) @ x @ np.ones((width, 1)) / (height * width))[:, :, None]
