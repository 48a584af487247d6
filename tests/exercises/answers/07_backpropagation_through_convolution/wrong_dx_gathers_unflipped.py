# loses 07-input-gradient-tests: gathers with a correlation, but without the flip
# told: You flipped the kernel where you add it in

# %% grade_id="07-input-gradient"
def input_gradient(dout, w, H, W, stride):
    N, F, OH, OW = dout.shape
    _, C, KH, KW = w.shape
    padded = np.zeros((N, F, H + KH - 1, W + KW - 1))
    padded[:, :, KH - 1 : KH - 1 + OH * stride : stride, KW - 1 : KW - 1 + OW * stride : stride] = dout
    windows = np.lib.stride_tricks.sliding_window_view(padded, (KH, KW), axis=(2, 3))
    return np.einsum("nfpquv,fcuv->ncpq", windows, w)
