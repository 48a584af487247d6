# loses 07-input-gradient-tests: the stride is ignored
# told: The stride is ignored: output (i, j) passes back

# %% grade_id="07-input-gradient"
def input_gradient(dout, w, H, W, stride):
    N, F, OH, OW = dout.shape
    dx = np.zeros((N, w.shape[1], H, W))
    for i in range(OH):
        for j in range(OW):
            share = np.tensordot(dout[:, :, i, j], w, axes=1)
            dx[:, :, i : i + w.shape[2], j : j + w.shape[3]] += share
    return dx
