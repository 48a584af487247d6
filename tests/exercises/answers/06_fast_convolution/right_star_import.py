# loses nothing: all of NumPy's names, and variables with the names of a check's tools

# %% grade_id="06-columns"
from numpy import *

run = arange(1, 13).reshape(3, 4)
columns = [run[u : u + 2, v : v + 3].ravel() for u in (0, 1) for v in (0, 1)]

# %% grade_id="06-copies"
case, check = "case", "check"


def copies(H, W, KH, KW, stride):
    def along(length, size):
        starts = zeros(length, dtype=int)
        starts[0 : length - size + 1 : stride] = 1
        return convolve(starts, ones(size, int))[:length]

    return outer(along(H, KH), along(W, KW))

# %% grade_id="06-conv2d-im2col"
def conv2d_im2col(x, w, b, stride, padding):
    run = pad(x, [(0, 0)] * 2 + [(padding, padding)] * 2)
    columns = columns_of(run, w.shape[2:], stride)
    out = dot(w.reshape(len(w), -1), columns)  # shape (F, N, OH·OW)
    out = transpose(out, (1, 0, 2)) + expand_dims(b, -1)
    return out.reshape(len(x), len(w), -1, (run.shape[3] - w.shape[3]) // stride + 1)

# %% grade_id="06-review-a"
against_a = [arange(12).reshape(2, 1, 2, 3), 1, 1, 1]

# %% grade_id="06-review-b"
against_b = [ones((1, 1, 3, 3)), 1, 1, 2]

# %% grade_id="06-review-c"
against_c = [array([[[[-0.5, 1], [2, 3]]], [[[1, 1], [1, 1]]]]), int8(2), 2, 1]
