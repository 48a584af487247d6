# loses nothing: plain loops over single numbers, Python's own max and math, lists as results

# %% grade_id="04-by-hand"
by_hand = np.array([[[-1.0, 7], [5, -1]], [[-3, 3], [1, -3]], [[0, 3], [2, 0]]])

# %% grade_id="04-leaky-relu"
def leaky_relu(x, slope):
    flat = [a if a >= 0 else slope * a for a in x.ravel().tolist()]
    return np.array(flat).reshape(x.shape)


# %% grade_id="04-softmax"
import math


def softmax(logits):
    result = []
    for row in logits.tolist():
        largest = max(row)
        powers = [math.exp(a - largest) for a in row]
        result.append([p / sum(powers) for p in powers])
    return result


# %% grade_id="04-max-pool2d"
def pooled(x, size, stride, summary):
    out = []
    for picture in x.tolist():
        out.append([])
        for channel in picture:
            rows = []
            for top in range(0, len(channel) - size + 1, stride):
                row = []
                for left in range(0, len(channel[0]) - size + 1, stride):
                    window = [channel[top + u][left + v] for u in range(size) for v in range(size)]
                    row.append(summary(window))
                rows.append(row)
            out[-1].append(rows)
    return out


def max_pool2d(x, size, stride):
    return pooled(x, size, stride, max)


# %% grade_id="04-avg-pool2d"
def avg_pool2d(x, size, stride):
    N, C, H, W = x.shape
    starts = [(top, left) for top in range(0, H - size + 1, stride) for left in range(0, W - size + 1, stride)]
    means = [x[:, :, top : top + size, left : left + size].mean((2, 3)) for top, left in starts]
    return np.stack(means, axis=-1).reshape(N, C, (H - size) // stride + 1, -1)

# %% grade_id="04-global-avg-pool2d"
def global_avg_pool2d(x):
    N, C, H, W = x.shape
    return x.reshape(N, C, H * W).sum(axis=2).reshape(N, C, 1, 1) / (H * W)
