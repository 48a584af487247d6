# loses 07-weight-gradient-tests: the array for dw takes the dtype of a dout of whole numbers
# told: Your result was cut to whole numbers

# %% grade_id="07-weight-gradient"
def weight_gradient(dout, x, KH, KW, stride):
    F, C = dout.shape[1], x.shape[1]
    OH, OW = dout.shape[2:]
    dw = np.empty((F, C, KH, KW), dout.dtype)
    for u in range(KH):
        for v in range(KW):
            seen = x[:, :, u : u + OH * stride : stride, v : v + OW * stride : stride]
            dw[:, :, u, v] = np.tensordot(dout, seen[:, :, :OH, :OW], axes=([0, 2, 3], [0, 2, 3]))
    return dw
