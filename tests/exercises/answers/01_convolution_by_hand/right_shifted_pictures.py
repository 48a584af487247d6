# loses nothing: one shifted picture per weight, a progress bar, short names

# %% grade_id="01-by-hand"
from numpy import outer, rot90, zeros

L = zeros((5, 5), int)
L[:4, 1] = L[3, 1:4] = 1
by_hand = L[:, 2:] - L[:, :-2]
by_hand = by_hand[:3] + by_hand[1:4] + by_hand[2:]

# %% grade_id="01-correlate2d"
from tqdm import tqdm


def correlate2d(x, w, stride=(1, 1)):
    down, across = stride
    KH, KW = w.shape
    H, W = x.shape
    out = 0.0
    for u in tqdm(range(KH)):
        for v in range(KW):
            out = out + w[u, v] * x[u : H - KH + 1 + u : down, v : W - KW + 1 + v : across]
    return out


# %% grade_id="01-flip"
def flip(w):
    return rot90(rot90(w))


# %% grade_id="01-horizontal-kernel"
horizontal = outer([1, -2, 1], [0.25, 0.5, 0.25])


# %% grade_id="01-changed"
def outputs_changed(shape, w, i, j):
    before = zeros(shape)
    after = before.copy()
    after[i, j] = 1
    return (correlate2d(before, w) != correlate2d(after, w)).sum()
