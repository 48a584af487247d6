# loses 06-conv2d-im2col-tests: the biases are forgotten
# told: The biases are missing

# %% grade_id="06-conv2d-im2col"
def conv2d_im2col(x, w, b, stride, padding):
    cols = columns_of(x, w.shape[2:], stride, padding)
    OH = (x.shape[2] + 2 * padding - w.shape[2]) // stride + 1
    return (w.reshape(len(w), -1) @ cols).reshape(len(x), len(w), OH, -1)
