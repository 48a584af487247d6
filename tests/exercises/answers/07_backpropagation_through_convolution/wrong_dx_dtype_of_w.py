# loses 07-input-gradient-tests: the array for dx takes the dtype of a kernel of whole numbers
# told: Your result was cut to whole numbers

# %% grade_id="07-input-gradient"
def input_gradient(dout, w, H, W, stride):
    N, F, OH, OW = dout.shape
    F, C, KH, KW = w.shape
    dx = np.zeros((N, C, H, W), dtype=w.dtype)
    for n in range(N):
        for f in range(F):
            for i in range(OH):
                for j in range(OW):
                    for c, u, v in np.ndindex(C, KH, KW):
                        dx[n, c, i * stride + u, j * stride + v] += dout[n, f, i, j] * w[f, c, u, v]
    return dx
