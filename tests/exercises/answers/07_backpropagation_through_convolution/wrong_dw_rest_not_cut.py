# loses 07-weight-gradient-tests: slides a spread-out dout over the whole picture, also where the stride leaves a rest
# told: dw has rows or columns too many

# %% grade_id="07-weight-gradient"
def weight_gradient(dout, x, KH, KW, stride):
    N, F, OH, OW = dout.shape
    spread = np.zeros((N, F, (OH - 1) * stride + 1, (OW - 1) * stride + 1))
    spread[:, :, ::stride, ::stride] = dout
    windows = np.lib.stride_tricks.sliding_window_view(x, spread.shape[2:], axis=(2, 3))
    return np.einsum("nfij,ncuvij->fcuv", spread, windows)
