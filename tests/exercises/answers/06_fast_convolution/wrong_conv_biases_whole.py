# loses 06-conv2d-im2col-tests: an array of whole biases takes the sums
# told: floats don't fit into an array of whole numbers

# %% grade_id="06-conv2d-im2col"
def conv2d_im2col(x, w, b, stride, padding):
    F, C, KH, KW = w.shape
    OH = (x.shape[2] + 2 * padding - KH) // stride + 1
    cols = columns_of(x, (KH, KW), stride, padding)
    out = np.repeat(np.repeat(b[None, :, None], len(x), 0), cols.shape[2], 2)
    out += w.reshape(F, -1) @ cols
    return out.reshape(len(x), F, OH, -1)
