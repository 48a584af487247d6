# loses 07-weight-gradient-tests: the last row and column of windows are forgotten
# told: The last window of each row and each column is missing

# %% grade_id="07-weight-gradient"
def weight_gradient(dout, x, KH, KW, stride):
    dw = np.zeros((dout.shape[1], x.shape[1], KH, KW))
    for a, i in enumerate(range(0, x.shape[2] - KH, stride)):
        for b, j in enumerate(range(0, x.shape[3] - KW, stride)):
            dw += np.einsum("nf,ncuv->fcuv", dout[:, :, a, b], x[:, :, i : i + KH, j : j + KW])
    return dw
