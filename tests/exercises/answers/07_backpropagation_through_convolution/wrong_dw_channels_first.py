# loses 07-weight-gradient-tests: filters and channels are swapped in the einsum
# told: Filters and channels are swapped

# %% grade_id="07-weight-gradient"
def weight_gradient(dout, x, KH, KW, stride):
    windows = np.lib.stride_tricks.sliding_window_view(x, (KH, KW), (2, 3))[:, :, ::stride, ::stride]
    return np.einsum("nfij,ncijuv->cfuv", dout, windows)
