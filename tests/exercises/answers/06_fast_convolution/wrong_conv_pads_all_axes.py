# loses 06-conv2d-im2col-tests: zeros around the batch and the channels, too
# told: in a matrix product, the second matrix has

# %% grade_id="06-conv2d-im2col"
def conv2d_im2col(x, w, b, stride, padding):
    F, C, KH, KW = w.shape
    x = np.pad(x, padding)
    OH = (x.shape[2] - KH) // stride + 1
    cols = columns_of(x, (KH, KW), stride)
    return (w.reshape(F, -1) @ cols + b[:, None]).reshape(len(x), F, OH, -1)
