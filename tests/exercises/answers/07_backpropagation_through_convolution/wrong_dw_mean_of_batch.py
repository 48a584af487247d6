# loses 07-weight-gradient-tests: the mean over the batch instead of the sum
# told: You took the mean over the pictures of the batch; their shares add up.

# %% grade_id="07-weight-gradient"
def weight_gradient(dout, x, KH, KW, stride):
    N, F, OH, OW = dout.shape
    dw = np.zeros((F, x.shape[1], KH, KW))
    for i in range(OH):
        for j in range(OW):
            window = x[:, :, i * stride : i * stride + KH, j * stride : j * stride + KW]
            dw += np.einsum("nf,ncuv->fcuv", dout[:, :, i, j], window)
    return dw / N
