# loses nothing: sums of products, and exact fractions by hand

# %% grade_id="11-by-hand"
from fractions import Fraction
from decimal import Decimal

by_hand = [Fraction(4), Decimal("1.3"), Decimal("1.9"), Fraction(3, 2), Fraction(6, 10)]

# %% grade_id="11-dropout-backward"
def dropout_backward(dout, p, u, training):
    gates = np.stack([np.ones_like(u), np.heaviside(u - p, 1) / (1 - p)])
    return np.einsum("...,...", dout, gates[int(training)])

# %% grade_id="11-augment"
def augment(x, mirrored, down, right):
    N, C, H, W = x.shape
    rows = np.stack([np.eye(H, k=-int(by)) for by in down])
    columns = np.stack([np.eye(W, k=int(by)) for by in right])
    turns = np.stack([np.eye(W)[::-1] if turned else np.eye(W) for turned in mirrored])
    return np.einsum("nih,nchw,nwv,nvj->ncij", rows, x, turns, columns)

# %% grade_id="11-l2-gradient"
def l2_gradient(parameter, strength):
    is_weights = {1: 0.0, 2: 1.0, 4: 1.0}[parameter.ndim]
    return np.einsum(",...->...", strength * is_weights, parameter)

# %% grade_id="11-early-stop"
def early_stop(losses, patience, least):
    epoch, progress = 0, [0]
    while epoch < len(losses) - 1 and epoch - progress[-1] < patience:
        epoch += 1
        if losses[progress[-1]] - losses[epoch] > least:
            progress.append(epoch)
    return np.array([epoch, progress[-1]]) + 1
