# loses nothing: whole pictures are shifted and compared, no window is cut out

# %% grade_id="04-softmax"
import functools


def softmax(logits):
    largest = functools.reduce(np.maximum, logits.T)
    powers = np.exp(logits.T - largest)
    return (powers / sum(powers)).T

# %% grade_id="04-max-pool2d"
def max_pool2d(x, size, stride, padding):
    x = np.pad(x.astype(float), ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2), constant_values=-np.inf)
    x = functools.reduce(np.maximum, [x[:, :, u : x.shape[2] - size + 1 + u] for u in range(size)])
    x = functools.reduce(np.maximum, [x[..., v : x.shape[3] - size + 1 + v] for v in range(size)])
    return x[:, :, ::stride, ::stride]

# %% grade_id="04-only-a"
only_a = (-np.ones((1, 1, 2, 6)), 3, 1, 1)

# %% grade_id="04-only-b"
only_b = (np.arange(25).reshape(1, 1, 5, 5), 2, 1, 1)

# %% grade_id="04-left-over"
def left_over(before, after):
    H, W = before.shape[1:]
    twice = np.concatenate([before, before], axis=1)
    twice = np.concatenate([twice, twice], axis=2)
    cut = [twice[:, d : d + H, r : r + W] for d in range(H) for r in range(W)]
    gaps = np.square(np.subtract(cut, after, dtype=float)).sum(axis=(1, 2, 3))
    return np.sqrt(gaps.min() / np.square(before, dtype=float).sum())

# %% grade_id="04-blur"
blur = np.array([1, 2, 3, 2, 1]) / 9.0
