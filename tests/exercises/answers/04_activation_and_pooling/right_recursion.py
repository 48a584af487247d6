# loses nothing: functions that call themselves, nested lists and tuples as results

# %% grade_id="04-pooled"
pooled = ((3, 4, 0, 0), (0, 4, 0, 0), (0, 3, 4, 0))

# %% grade_id="04-left"
left = [[0.6, 0.6], [1.02, 0]]

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


def max_pool2d(x, size, stride, padding):
    if x.ndim > 2:
        return [max_pool2d(part, size, stride, padding) for part in x]
    starts = [range(-padding, length + padding - size + 1, stride) for length in x.shape]
    return [
        [
            largest(x[max(i, 0) : i + size, max(j, 0) : j + size].ravel().tolist())
            for j in starts[1]
        ]
        for i in starts[0]
    ]

# %% grade_id="04-only-a"
only_a = [[[[[-2, -2], [-2, -2]]]], 3, 1, 1]

# %% grade_id="04-only-b"
only_b = [[[[[9]]]], 3, 2, 1]

# %% grade_id="04-left-over"
def all_moves(a, axes):
    if not axes:
        return [a]
    turned = [np.roll(a, k, axis=axes[0]) for k in range(a.shape[axes[0]])]
    return [moved for t in turned for moved in all_moves(t, axes[1:])]


def left_over(before, after):
    gaps = [np.linalg.norm(after - m) for m in all_moves(before, (1, 2))]
    return np.array(min(gaps) / np.linalg.norm(before))

# %% grade_id="04-blur"
blur = [1 / 6] * 2 + [1 / 3] + [1 / 6] * 2
