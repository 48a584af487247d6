# loses nothing: `from numpy import *`, recursion, global constants, and names such as run, case, windows and check

# %% grade_id="07-by-hand"
from fractions import Fraction as check

by_hand = tuple(check(k) for k in (3, -1, 2, -3, 1, 1))

# %% grade_id="07-weight-gradient"
from numpy import *

STARTS = "i * stride"
case = 0


def run(picture, dout, size, stride):
    # One row of outputs and one row of windows after the other.
    if len(dout[0]) == 0:
        return 0
    windows = lib.stride_tricks.sliding_window_view(picture[:, : size[0]], size, axis=(1, 2))[:, 0, ::stride]
    here = einsum("fj,cjuv->fcuv", dout[:, 0], windows)
    return here + run(picture[:, stride:], dout[:, 1:], size, stride)


def weight_gradient(dout, x, KH, KW, stride):
    return sum(array([run(p, d, (KH, KW), stride) for p, d in zip(x, dout)]), axis=0)

# %% grade_id="07-input-gradient"
def input_gradient(dout, w, H, W, stride):
    windows = zeros((len(dout), H, W, w.shape[1]))
    check = w.transpose(0, 2, 3, 1)
    for case in ndindex(dout.shape[2:]):
        i, j = case[0] * stride, case[1] * stride
        windows[:, i : i + w.shape[2], j : j + w.shape[3]] += tensordot(dout[:, :, case[0], case[1]], check, 1)
    return moveaxis(windows, -1, 1)

# %% grade_id="07-max-pool-gradient"
def max_pool_gradient(dout, x):
    if x.ndim > 2:
        return stack([max_pool_gradient(d, case) for d, case in zip(dout, x)])
    dx = zeros(x.shape)
    windows = x[: len(dout) * 2, : dout.shape[1] * 2].reshape(len(dout), 2, -1, 2).swapaxes(1, 2)
    for (i, j), run in ndenumerate(dout):
        u, v = argwhere(windows[i, j] == windows[i, j].max())[0]
        dx[2 * i + u, 2 * j + v] = run
    return dx

# %% grade_id="07-numeric-gradient"
def numeric_gradient(x, w, h):
    flat = w.ravel()

    def moved(k, step):
        return concatenate([flat[:k], [flat[k] + step], flat[k + 1 :]]).reshape(w.shape)

    run = [loss(x, moved(k, h)) - loss(x, moved(k, -h)) for k in range(flat.size)]
    return array(run).reshape(w.shape) * (0.5 / h)
