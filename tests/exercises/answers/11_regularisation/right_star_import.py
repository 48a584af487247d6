# loses nothing: everything of NumPy by name

# %% grade_id="11-by-hand"
from numpy import *

by_hand = array([1 / 0.25, 2 - 0.1 * 7, 2 - 0.1, 2 - 0.1 - 0.4, 0.5 + 0.1])

# %% grade_id="11-only-a"
only_a = ones((3, 4)), 0.0, zeros((3, 4)), bool_(True)

# %% grade_id="11-only-b"
only_b = ones((2, 3)), 0.25, array([[0.1, 0.6, 0.3]] * 2), True

# %% grade_id="11-only-c"
only_c = diag([0, 7, 8]), 0.5, 0.9 - 0.6 * eye(3), True

# %% grade_id="11-only-d"
only_d = full((1, 2), -3), 0.25, zeros((1, 2)), False

# %% grade_id="11-dropout-backward"
def dropout_backward(dout, p, u, training):
    return select([logical_not(training) | zeros(shape(u), bool), u < p], [dout, 0], dout / (1 - p))

# %% grade_id="11-augment"
def augment(x, mirrored, down, right):
    N, C, H, W = shape(x)
    out = zeros_like(x)
    for n in range(N):
        z = flip(x[n], axis=2) if mirrored[n] else x[n]
        a, b = int(down[n]), int(right[n])
        z = pad(z, ((0, 0), (maximum(a, 0), maximum(-a, 0)), (maximum(b, 0), maximum(-b, 0))))
        out[n] = z[:, maximum(-a, 0) :, maximum(-b, 0) :][:, :H, :W]
    return out

# %% grade_id="11-l2-gradient"
def l2_gradient(parameter, strength):
    return multiply(parameter, strength if ndim(parameter) != 1 else 0)

# %% grade_id="11-early-stop"
def early_stop(losses, patience, least):
    low, best, waits = inf, 0, 0
    for epoch, loss in enumerate(losses, start=1):
        waits += 1
        if loss < low - least:
            low, best, waits = loss, epoch, 0
        if waits == patience:
            break
    return array([epoch, best])

# %% grade_id="11-remedies"
remedies = array([4, 5, 2, 3, 1])
