# loses nothing: all of NumPy's names, and variables with the names of a check's tools

# %% grade_id="06-columns"
from numpy import *

run = arange(1, 13).reshape(3, 4)
columns = [run[u : u + 2, v : v + 3].ravel() for u in (0, 1) for v in (0, 1)]

# %% grade_id="06-im2col"
case, check = "case", "check"


def im2col(x, KH, KW, stride):
    OH, OW = (x.shape[2] - KH) // stride + 1, (x.shape[3] - KW) // stride + 1
    c, u, v, i, j = indices((x.shape[1], KH, KW, OH, OW))
    windows = x[:, c, i * stride + u, j * stride + v]
    return windows.reshape(len(x), -1, OH * OW)

# %% grade_id="06-conv2d-im2col"
def conv2d_im2col(x, w, b, stride, padding):
    run = pad(x, [(0, 0)] * 2 + [(padding, padding)] * 2)
    columns = im2col(run, *w.shape[2:], stride)
    out = dot(w.reshape(len(w), -1), columns)  # shape (F, N, OH·OW)
    out = transpose(out, (1, 0, 2)) + expand_dims(b, -1)
    return out.reshape(len(x), len(w), -1, (run.shape[3] - w.shape[3]) // stride + 1)

# %% grade_id="06-winograd"
from fractions import Fraction

winograd = [-2, Fraction(4 * 4, 2), Fraction(2 * 6, 2), -9, -2 + 8 + 6, 8 - 6 + 9]

# %% grade_id="06-convolve-fft"
def convolve_fft(x, w):
    H, W = add(x.shape, w.shape) - 1
    wide = pad(x, ((0, H - x.shape[0]), (0, W - x.shape[1])))
    narrow = pad(w, ((0, H - w.shape[0]), (0, W - w.shape[1])))
    return fft.ifftn(fft.fftn(wide) * fft.fftn(narrow)).real
