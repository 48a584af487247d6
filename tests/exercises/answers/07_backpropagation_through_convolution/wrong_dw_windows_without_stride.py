# loses 07-weight-gradient-tests: all windows, also those that the stride skips
# told: one letter means one length

# %% grade_id="07-weight-gradient"
def weight_gradient(dout, x, KH, KW, stride):
    windows = np.lib.stride_tricks.sliding_window_view(x, (KH, KW), axis=(2, 3))
    return np.einsum("nfij,ncijuv->fcuv", dout, windows)
