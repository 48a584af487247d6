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


def correlate2d(x, w):
    rows, columns = len(x) - len(w) + 1, len(x[0]) - len(w[0]) + 1
    print("outputs:", math.prod([rows, columns]))
    return [[one_output(x, w, i, j) for j in range(columns)] for i in range(rows)]


# %% grade_id="01-flip"
def flip(w):
    return [list(reversed(row)) for row in reversed(w.tolist())]


# %% grade_id="01-horizontal-kernel"
horizontal = ((-1, -1, -1), (0, 0, 0), (1, 1, 1))
