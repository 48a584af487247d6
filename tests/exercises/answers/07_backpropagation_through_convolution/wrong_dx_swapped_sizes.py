# loses 07-input-gradient-tests: height and width of the input are swapped
# told: the answer has shape (2, 2, 7, 6), expected (2, 2, 6, 7)

# %% grade_id="07-input-gradient"
def input_gradient(dout, w, H, W, stride):
    dx = np.zeros((len(dout), w.shape[1], W, H))
    for n, f, i, j in np.ndindex(dout.shape):
        dx[n, :, i * stride : i * stride + w.shape[2], j * stride : j * stride + w.shape[3]] += dout[n, f, i, j] * w[f]
    return dx
