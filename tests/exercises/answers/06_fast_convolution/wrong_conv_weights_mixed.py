# loses 06-conv2d-im2col-tests: the weights are reshaped to columns and transposed
# told: The weights got mixed up

# %% grade_id="06-conv2d-im2col"
def conv2d_im2col(x, w, b, stride, padding):
    F, C, KH, KW = w.shape
    OH = (x.shape[2] + 2 * padding - KH) // stride + 1
    cols = columns_of(x, (KH, KW), stride, padding)
    return (w.reshape(-1, F).T @ cols + b[:, None]).reshape(len(x), F, OH, -1)
