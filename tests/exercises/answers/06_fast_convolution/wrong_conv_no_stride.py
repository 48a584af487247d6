# loses 06-conv2d-im2col-tests: the stride is forgotten
# told: The stride is missing

# %% grade_id="06-conv2d-im2col"
def conv2d_im2col(x, w, b, stride, padding):
    F, C, KH, KW = w.shape
    cols = columns_of(x, (KH, KW), padding=padding)
    OH = x.shape[2] + 2 * padding - KH + 1
    return (w.reshape(F, -1) @ cols + b[:, None]).reshape(len(x), F, OH, -1)
