# loses nothing: plain loops over single numbers, Python's own max and math, lists as results

# %% grade_id="04-pooled"
pooled = np.array([[3, 4, 0, 0], [0, 4, 0, 0], [0, 3, 4, 0]])

# %% grade_id="04-left"
left = (3 / 5, 0.6), (26**0.5 / 5, 0)

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
def max_pool2d(x, size, stride, padding):
    out = []
    for picture in x.tolist():
        out.append([])
        for channel in picture:
            rows = []
            height, width = len(channel), len(channel[0])
            for top in range(-padding, height + padding - size + 1, stride):
                row = []
                for left in range(-padding, width + padding - size + 1, stride):
                    window = [
                        channel[i][j]
                        for i in range(top, top + size)
                        for j in range(left, left + size)
                        if 0 <= i < height and 0 <= j < width
                    ]
                    row.append(max(window))
                rows.append(row)
            out[-1].append(rows)
    return out

# %% grade_id="04-only-a"
only_a = ([[[[-100, -100, -100]] * 3]], 3, 1, 1)

# %% grade_id="04-only-b"
only_b = ([[[[0, 1, 2, 3]] * 4]], 3, 1, 0)

# %% grade_id="04-left-over"
def left_over(before, after):
    C, H, W = before.shape
    best = None
    for d in range(H):
        for r in range(W):
            total = 0.0
            for c in range(C):
                for i in range(H):
                    for j in range(W):
                        total += (float(after[c, i, j]) - before[c, i - d, j - r]) ** 2
            best = total if best is None else min(best, total)
    return math.sqrt(best / sum(float(b) ** 2 for b in before.flat))

# %% grade_id="04-blur"
blur = (0.1, 1 / 3 - 0.1, 1 / 3, 1 / 3 - 0.1, 0.1)
