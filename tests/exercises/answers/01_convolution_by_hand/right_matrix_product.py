# loses nothing: windows as the rows of a matrix, a class, a global table

# %% grade_id="01-by-hand"
from decimal import Decimal

by_hand = np.array([[Decimal(n) for n in row] for row in ("0 -3 0", "1 -2 -1", "1 -1 -1") for row in [row.split()]])

# %% grade_id="01-correlate2d"
class Windows:
    def __init__(self, x, size):
        self.shape = tuple(n - k + 1 for n, k in zip(x.shape, size))
        places = np.ndindex(self.shape)
        self.rows = np.array([x[i : i + size[0], j : j + size[1]].ravel() for i, j in places])


def correlate2d(x, w):
    windows = Windows(x, w.shape)
    return (windows.rows @ w.ravel()).reshape(windows.shape)


# %% grade_id="01-flip"
BOTH = (0, 1)


def flip(w):
    return np.flip(w, BOTH).copy()


# %% grade_id="01-horizontal-kernel"
horizontal = np.float32([[-0.5, -0.1, -0.5], [0.25, 0, 0.25], [0.25, 0.1, 0.25]])
