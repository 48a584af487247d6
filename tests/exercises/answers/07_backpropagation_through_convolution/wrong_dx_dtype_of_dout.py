# loses 07-input-gradient-tests: the array for dx takes the dtype of a dout of whole numbers
# told: Your result was cut to whole numbers

# %% grade_id="07-input-gradient"
def input_gradient(dout, w, H, W, stride):
    N, C = dout.shape[0], w.shape[1]
    dx = np.zeros((N, C, H, W)).astype(dout.dtype)
    for f, i, j in np.ndindex(dout.shape[1:]):
        for u, v in np.ndindex(w.shape[2:]):
            for n, c in np.ndindex(N, C):
                dx[n, c, stride * i + u, stride * j + v] += dout[n, f, i, j] * w[f, c, u, v]
    return dx
