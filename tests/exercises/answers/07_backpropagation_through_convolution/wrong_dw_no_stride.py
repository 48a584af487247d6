# loses 07-weight-gradient-tests: the stride is ignored
# told: The stride is ignored: output (i, j) saw the window

# %% grade_id="07-weight-gradient"
def weight_gradient(dout, x, KH, KW, stride):
    N, F, OH, OW = dout.shape
    dw = np.zeros((F, x.shape[1], KH, KW))
    for u in range(KH):
        for v in range(KW):
            seen = x[:, :, u : u + OH, v : v + OW]
            dw[:, :, u, v] = np.einsum("nfij,ncij->fc", dout, seen)
    return dw
