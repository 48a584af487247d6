# loses 07-input-gradient-tests: adds up over the batch
# told: All pictures get the same

# %% grade_id="07-input-gradient"
def input_gradient(dout, w, H, W, stride):
    N, F, OH, OW = dout.shape
    dx = np.zeros((N, w.shape[1], H, W))
    for n, f, i, j in np.ndindex(dout.shape):
        dx[:, :, i * stride : i * stride + w.shape[2], j * stride : j * stride + w.shape[3]] += dout[n, f, i, j] * w[f]
    return dx
