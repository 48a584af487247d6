# loses 07-input-gradient-tests: adds up over the filters, but overwrites where windows overlap
# told: add their shares up (`+=`), don't overwrite them

# %% grade_id="07-input-gradient"
def input_gradient(dout, w, H, W, stride):
    dx = np.zeros((len(dout), w.shape[1], H, W))
    for i, j in np.ndindex(dout.shape[2:]):
        rows = slice(i * stride, i * stride + w.shape[2])
        cols = slice(j * stride, j * stride + w.shape[3])
        dx[:, :, rows, cols] = np.einsum("nf,fcuv->ncuv", dout[:, :, i, j], w)
    return dx
