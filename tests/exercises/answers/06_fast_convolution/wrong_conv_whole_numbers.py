# loses 06-conv2d-im2col-tests: the outputs take the dtype of the picture
# told: Your result was cut to whole numbers

# %% grade_id="06-conv2d-im2col"
def conv2d_im2col(x, w, b, stride, padding):
    F, C, KH, KW = w.shape
    OH = (x.shape[2] + 2 * padding - KH) // stride + 1
    OW = (x.shape[3] + 2 * padding - KW) // stride + 1
    out = np.zeros((len(x), F, OH, OW), dtype=x.dtype)
    for n, cols in enumerate(columns_of(x, (KH, KW), stride, padding)):
        for f in range(F):
            out[n, f] = (w[f].ravel() @ cols + b[f]).reshape(OH, OW)
    return out
