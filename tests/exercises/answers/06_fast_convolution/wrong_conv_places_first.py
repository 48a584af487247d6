# loses 06-conv2d-im2col-tests: the product is transposed, the outputs only reshaped
# told: The outputs got mixed up

# %% grade_id="06-conv2d-im2col"
def conv2d_im2col(x, w, b, stride, padding):
    F, C, KH, KW = w.shape
    OH = (x.shape[2] + 2 * padding - KH) // stride + 1
    cols = columns_of(x, (KH, KW), stride, padding).transpose(0, 2, 1)
    out = cols @ w.reshape(F, -1).T + b
    return out.reshape(len(x), F, OH, -1)
