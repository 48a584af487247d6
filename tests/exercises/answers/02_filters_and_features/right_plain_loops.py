# loses nothing: plain loops over single numbers, one helper for all parts, results as lists

# %% grade_id="02-by-hand"
by_hand = np.array([[54 / 9, 63 / 9], [27, -9], [27, 18]])

# %% grade_id="02-filter-bank"
import math


def correlate2d(x, w):
    out = []
    for i in range(len(x) - len(w) + 1):
        out.append([])
        for j in range(len(x[0]) - len(w[0]) + 1):
            total = 0.0
            for u in range(len(w)):
                for v in range(len(w[0])):
                    total += float(x[i + u][j + v]) * float(w[u][v])
            out[i].append(total)
    return out


def filter_bank(x, filters):
    return [correlate2d(x, w) for w in filters]


# %% grade_id="02-conv"
def conv(x, w, b):
    maps = []
    for f in range(len(w)):
        total = b[f]
        for c in range(len(x)):
            total = total + np.array(correlate2d(x[c], w[f][c]))
        maps.append(total)
    return maps


# %% grade_id="02-sobel-magnitude"
def sobel_magnitude(x):
    kernel = [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]
    gx = correlate2d(x, kernel)
    gy = correlate2d(x, [list(row) for row in zip(*kernel)])
    return [[math.hypot(a, b) for a, b in zip(*rows)] for rows in zip(gx, gy)]


# %% grade_id="02-diagonal"
diagonal = ((2, -1, -1), (-1, 2, -1), (-1, -1, 2))
