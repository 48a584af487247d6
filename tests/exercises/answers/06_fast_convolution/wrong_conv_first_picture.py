# loses 06-conv2d-im2col-tests: all outputs are the first picture's
# told: Every picture got the outputs of the first one

# %% grade_id="06-conv2d-im2col"
def conv2d_im2col(x, w, b, stride, padding):
    F, C, KH, KW = w.shape
    OH = (x.shape[2] + 2 * padding - KH) // stride + 1
    OW = (x.shape[3] + 2 * padding - KW) // stride + 1
    out = np.zeros((len(x), F, OH, OW))
    cols = columns_of(x, (KH, KW), stride, padding)[0]
    out[:] = (w.reshape(F, -1) @ cols + b[:, None]).reshape(F, OH, OW)
    return out
