# loses nothing: four loops over plain lists, helpers, prints, warnings of its own, computed numbers

# %% grade_id="01-by-hand"
by_hand = np.array([[0.0, -3, 0], [1, -2, -1], [1, -1, -1]])

# %% grade_id="01-correlate2d"
import math


def one_output(x, w, i, j):
    total = 0.0
    for u in range(len(w)):
        for v in range(len(w[0])):
            total += x[i + u][j + v] * w[u][v]
    return total


def correlate2d(x, w, stride=(1, 1)):
    down, across = stride
    rows = range(0, len(x) - len(w) + 1, down)
    columns = range(0, len(x[0]) - len(w[0]) + 1, across)
    print("outputs:", math.prod([len(rows), len(columns)]))
    return [[one_output(x, w, i, j) for j in columns] for i in rows]


# %% grade_id="01-flip"
def flip(w):
    return [list(reversed(row)) for row in reversed(w.tolist())]


# %% grade_id="01-horizontal-kernel"
horizontal = ((0.4, 0.2, 0.4), (-0.7, -0.6, -0.7), (0.3, 0.4, 0.3))


# %% grade_id="01-changed"
def outputs_changed(shape, w, i, j):
    count = 0
    for top in range(shape[0] - len(w) + 1):
        for left in range(shape[1] - len(w[0]) + 1):
            u, v = i - top, j - left
            if 0 <= u < len(w) and 0 <= v < len(w[0]) and w[u][v] != 0:
                count += 1
    return count
