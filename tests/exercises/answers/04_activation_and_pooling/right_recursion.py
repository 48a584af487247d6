# loses nothing: functions that call themselves, nested lists and tuples as results

# %% grade_id="04-by-hand"
by_hand = (((-1, 7.0), (5, -1)), ((-3, 3), (1, -3)), ((-0.0, 3), (2, 0)))

# %% grade_id="04-leaky-relu"
def leaky_relu(x, slope):
    if np.ndim(x) == 0:
        return float(x) if x > 0 else float(slope * x)
    return [leaky_relu(part, slope) for part in x]

# %% grade_id="04-softmax"
def softmax(logits):
    if len(logits) == 1:
        powers = np.exp(logits[0] - max(logits[0]))
        return [powers / powers.sum()]
    return [*softmax(logits[:1]), *softmax(logits[1:])]

# %% grade_id="04-max-pool2d"
def largest(numbers):
    first, *others = numbers
    return max(first, largest(others)) if others else first


def max_pool2d(x, size, stride):
    if x.ndim > 2:
        return [max_pool2d(part, size, stride) for part in x]
    return [
        [
            largest(x[top : top + size, left : left + size].ravel().tolist())
            for left in range(0, x.shape[1] - size + 1, stride)
        ]
        for top in range(0, x.shape[0] - size + 1, stride)
    ]

# %% grade_id="04-avg-pool2d"
def avg_pool2d(x, size, stride):
    if x.ndim > 2:
        return tuple(avg_pool2d(part, size, stride) for part in x)
    starts = [range(0, length - size + 1, stride) for length in x.shape]
    return [[np.mean(x[i : i + size, j : j + size]) for j in starts[1]] for i in starts[0]]

# %% grade_id="04-global-avg-pool2d"
def global_avg_pool2d(x):
    return [[[[channel.mean()]] for channel in picture] for picture in x]
