# loses nothing: helpers called magnitude, windows, correlate2d, check and run; fractions

# %% grade_id="02-by-hand"
from fractions import Fraction

check = run = case = Case = kernels = None
by_hand = [[Fraction(54, 9), Fraction(63, 9)], (27, -9), (27, 18)]

# %% grade_id="02-filter-bank"
def windows(x, height, width):
    rows, columns = x.shape[-2] - height + 1, x.shape[-1] - width + 1
    for i in range(rows):
        for j in range(columns):
            yield i, j, x[..., i : i + height, j : j + width]


def filter_bank(x, filters):
    maps = [{} for _ in filters]
    for one, w in zip(maps, filters):
        for i, j, window in windows(x, *w.shape):
            one.setdefault(i, []).append((window * w).sum())
    return [list(one.values()) for one in maps]


# %% grade_id="02-conv"
layers = require = "taken"


def conv(x, w, b):
    bank = np.array([filter_bank(channel, w[:, c]) for c, channel in enumerate(x)])
    return np.array([m + bias for m, bias in zip(bank.sum(axis=0), b)])


# %% grade_id="02-sobel-magnitude"
def magnitude(gx, gy):
    return abs(gx + 1j * gy)


def sobel_magnitude(x):
    Sx = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    return magnitude(*np.array(filter_bank(x, np.array([Sx, Sx.T]))))


# %% grade_id="02-diagonal"
weights = stripes = on_line = answers = "taken"
diagonal = [[Fraction(1, 7), 0, Fraction(-1, 7)], [0, 0, 0], [Fraction(-1, 7), 0, Fraction(1, 7)]]
