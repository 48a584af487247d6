# loses nothing: matrices that pick windows, helpers, global numbers, a progress bar

# %% grade_id="04-pooled"
pooled = np.zeros((3, 4))
pooled[0, :2] = pooled[2, 1:3] = 3, 4
pooled[1, 1] = 4

# %% grade_id="04-left"
left = np.array([[0.6, 0.6], [1.02, 0.0]])

# %% grade_id="04-softmax"
def softmax(logits):
    shares = []
    for row in logits:
        order = np.argsort(row)
        powers = np.exp(row[order] - row[order[-1]])
        shares.append(np.empty(len(row)))
        shares[-1][order] = powers / powers.sum()
    return np.vstack(shares)

# %% grade_id="04-max-pool2d"
def picks(length, size, stride):
    """Return which pixels each window sees along one axis, shape (windows, size)."""
    first = np.arange(0, length - size + 1, stride)
    return first[:, None] + np.arange(size)


def max_pool2d(x, size, stride, padding):
    sides = (padding, padding)
    x = np.pad(x, ((0, 0), (0, 0), sides, sides), constant_values=x.min())
    rows, columns = (picks(length, size, stride) for length in x.shape[2:])
    return x[:, :, rows].max(axis=3)[..., columns].max(axis=-1)

# %% grade_id="04-only-a"
only_a = (np.full((1, 1, 4, 4), -7.5), 3, 2, 1)

# %% grade_id="04-only-b"
only_b = (np.ones((2, 3, 7, 7)), 3, 2, 1)

# %% grade_id="04-left-over"
from tqdm import tqdm


def length(numbers):
    return np.sqrt((1.0 * numbers * numbers).sum())


def left_over(before, after):
    least = np.inf
    for down in tqdm(range(before.shape[1])):
        for right in range(before.shape[2]):
            least = min(least, length(np.roll(np.roll(before, down, 1), right, 2) - after))
    return least / length(before)

# %% grade_id="04-blur"
blur = [0.05, 1 / 3 - 0.05, 1 / 3, 1 / 3 - 0.05, 0.05]
