# loses 07-weight-gradient-tests: adds fractions to an array of whole numbers in place
# told: floats don't fit into an array of whole numbers

# %% grade_id="07-weight-gradient"
def weight_gradient(dout, x, KH, KW, stride):
    N, F, OH, OW = dout.shape
    dw = np.zeros((F, x.shape[1], KH, KW), dtype=x.dtype)
    for n, f, i, j in np.ndindex(dout.shape):
        dw[f] += dout[n, f, i, j] * x[n, :, i * stride : i * stride + KH, j * stride : j * stride + KW]
    return dw
