# loses nothing: windows as the rows of a matrix, a class, a global table

# %% grade_id="01-by-hand"
from decimal import Decimal

by_hand = np.array([[Decimal(n) for n in row] for row in ("0 -3 0", "1 -2 -1", "1 -1 -1") for row in [row.split()]])

# %% grade_id="01-correlate2d"
class Windows:
    def __init__(self, x, size, steps):
        self.shape = tuple(1 + (n - k) // s for n, k, s in zip(x.shape, size, steps))
        places = [np.multiply(place, steps) for place in np.ndindex(self.shape)]
        self.rows = np.array([x[i : i + size[0], j : j + size[1]].ravel() for i, j in places])


def correlate2d(x, w, stride=(1, 1)):
    windows = Windows(x, w.shape, stride)
    return (windows.rows @ w.ravel()).reshape(windows.shape)


# %% grade_id="01-flip"
BOTH = (0, 1)


def flip(w):
    return np.flip(w, BOTH).copy()


# %% grade_id="01-horizontal-kernel"
horizontal = np.float32([[0.25, 0.5, 0.25], [-0.625, -0.75, -0.625], [0.375, 0.25, 0.375]])


# %% grade_id="01-changed"
def outputs_changed(shape, w, i, j):
    (H, W), (KH, KW) = shape, w.shape
    seen = w[max(0, i - (H - KH)) : i + 1, max(0, j - (W - KW)) : j + 1]
    return np.count_nonzero(seen)
