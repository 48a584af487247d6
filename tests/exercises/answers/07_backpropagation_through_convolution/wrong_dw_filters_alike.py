# loses 07-weight-gradient-tests: adds up over the filters, too
# told: All your filters get the same

# %% grade_id="07-weight-gradient"
def weight_gradient(dout, x, KH, KW, stride):
    N, F, OH, OW = dout.shape
    dw = np.zeros((F, x.shape[1], KH, KW))
    for n, f, i, j in np.ndindex(dout.shape):
        top, left = i * stride, j * stride
        dw += dout[n, f, i, j] * x[n, :, top : top + KH, left : left + KW]
    return dw
