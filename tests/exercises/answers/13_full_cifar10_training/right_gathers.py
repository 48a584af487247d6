# loses nothing: index arrays and einsum

# %% grade_id="13-by-hand"
from fractions import Fraction

by_hand = [Fraction(200, 4), Fraction(7, 5), Fraction(3), 1 - Fraction(1, 8), 100, Fraction(12, 4)]

# %% grade_id="13-one-cycle"
def one_cycle(steps, warm_up, highest):
    i = np.arange(steps)
    rising = i < warm_up * steps
    rates = np.empty(steps)
    rates[rising] = highest / (warm_up * steps) * i[rising] if warm_up else 0
    rates[~rising] = highest / (1 - warm_up) * (1 - i[~rising] / steps)
    return rates

# %% grade_id="13-flip"
def flip_in_turns(x, first, epoch):
    columns = np.arange(x.shape[3])
    turn = np.logical_xor(first, epoch % 2)
    return np.take_along_axis(x, np.where(turn[:, None], columns[::-1], columns)[:, None, None], axis=3)

# %% grade_id="13-views"
def view_logits(x, w):
    H, W = x.shape[2:]
    rows = np.pad(np.arange(H), 1, mode="reflect")
    columns = np.pad(np.arange(W), 1, mode="reflect")
    share = np.array([2, 1, 1]) / 8
    views = np.array([x[:, :, rows[a : a + H]][..., columns[a : a + W]] for a in (1, 0, 2)])
    both = np.array([views, views[..., ::-1]])
    return np.einsum("v,mvnk->nk", share, np.maximum(np.einsum("mvnchw,kchw->mvnk", both, w), 0))

# %% grade_id="13-errors"
def in_errors(results):
    R, S = results.shape
    weights = np.eye(R)[1:] - np.eye(R)[0]
    residues = results @ (np.eye(S) - 1 / S)
    s2 = np.einsum("rs,rs->", residues, residues) / (S - 1) / R
    return weights @ results.mean(axis=1) * (S / (2 * s2)) ** 0.5
