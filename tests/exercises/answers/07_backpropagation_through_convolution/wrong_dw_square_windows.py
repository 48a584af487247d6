# loses 07-weight-gradient-tests: as many columns as rows in a window
# told: arrays were combined whose shapes

# %% grade_id="07-weight-gradient"
def weight_gradient(dout, x, KH, KW, stride):
    N, F, OH, OW = dout.shape
    dw = np.zeros((F, x.shape[1], KH, KW))
    for n, f, i, j in np.ndindex(dout.shape):
        row, col = stride * i, stride * j
        dw[f] = dw[f] + dout[n, f, i, j] * x[n, :, row : row + KH, col : col + KH]
    return dw
