# loses 06-conv2d-im2col-tests: all pictures in one product, then reshaped where a transpose is needed
# told: Pictures and filters got mixed up

# %% grade_id="06-conv2d-im2col"
def conv2d_im2col(x, w, b, stride, padding):
    F, C, KH, KW = w.shape
    OH = (x.shape[2] + 2 * padding - KH) // stride + 1
    OW = (x.shape[3] + 2 * padding - KW) // stride + 1
    cols = columns_of(x, (KH, KW), stride, padding)
    cols = cols.transpose(1, 0, 2).reshape(C * KH * KW, -1)
    out = w.reshape(F, -1) @ cols + b[:, None]
    return out.reshape(len(x), F, OH, OW)
