# loses 07-weight-gradient-tests: the array for dw takes the dtype of a picture of whole numbers
# told: Your result was cut to whole numbers

# %% grade_id="07-weight-gradient"
def weight_gradient(dout, x, KH, KW, stride):
    N, F, OH, OW = dout.shape
    C = x.shape[1]
    dw = np.zeros((F, C, KH, KW), dtype=x.dtype)
    for f in range(F):
        for c in range(C):
            for u in range(KH):
                for v in range(KW):
                    for n, i, j in np.ndindex(N, OH, OW):
                        dw[f, c, u, v] += dout[n, f, i, j] * x[n, c, i * stride + u, j * stride + v]
    return dw
