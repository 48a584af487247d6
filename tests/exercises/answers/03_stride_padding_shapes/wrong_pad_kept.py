# loses 03-pad2d-tests: one array per size is kept, and added to
# told: the first difference is at

# %% grade_id="03-pad2d"
arrays = {}


def pad2d(x, padding):
    (top, bottom), (left, right) = padding
    N, C, H, W = x.shape
    shape = N, C, top + H + bottom, left + W + right
    out = arrays.setdefault(shape, np.zeros(shape))
    out[:, :, top : top + H, left : left + W] = x
    return out
