# loses nothing: matrices that pick windows, helpers, global numbers, a progress bar

# %% grade_id="04-leaky-relu"
from tqdm import tqdm

NOTHING = 0


def leaky_relu(numbers, steepness):
    result = np.array(numbers, dtype=float)
    result[result < NOTHING] *= steepness
    return result

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


def max_pool2d(x, size, stride):
    rows, columns = (picks(length, size, stride) for length in x.shape[2:])
    return x[:, :, rows].max(axis=3)[..., columns].max(axis=-1)

# %% grade_id="04-avg-pool2d"
def averaging(length, size, stride):
    matrix = np.zeros(((length - size) // stride + 1, length))
    for row in range(len(matrix)):
        matrix[row, row * stride : row * stride + size] = 1 / size
    return matrix


def avg_pool2d(x, size, stride):
    return averaging(x.shape[2], size, stride) @ x @ averaging(x.shape[3], size, stride).T

# %% grade_id="04-global-avg-pool2d"
def global_avg_pool2d(x):
    means = np.empty(x.shape[:2] + (1, 1))
    for n, picture in enumerate(tqdm(x)):
        for c, channel in enumerate(picture):
            means[n, c] = channel.sum() / channel.size
    return means
