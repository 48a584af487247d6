# loses 06-conv2d-im2col-tests: right for square outputs alone
# told: numbers don't fill shape

# %% grade_id="06-conv2d-im2col"
def conv2d_im2col(x, w, b, stride, padding):
    cols = columns_of(x, w.shape[2:], stride, padding)
    side = int(np.sqrt(cols.shape[2]))
    out = w.reshape(len(w), -1) @ cols + b[:, None]
    return out.reshape(len(x), len(w), side, side)
