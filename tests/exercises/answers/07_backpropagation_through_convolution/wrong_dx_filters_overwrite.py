# loses 07-input-gradient-tests: each filter begins with a new dx
# told: That is the last filter's share alone

# %% grade_id="07-input-gradient"
def input_gradient(dout, w, H, W, stride):
    for f in range(len(w)):
        dx = np.zeros((len(dout), w.shape[1], H, W))
        for n, i, j in np.ndindex(len(dout), *dout.shape[2:]):
            dx[n, :, i * stride : i * stride + w.shape[2], j * stride : j * stride + w.shape[3]] += dout[n, f, i, j] * w[f]
    return dx
