# loses 03-conv2d-tests: x[0] for every picture of the batch
# told: Only the first picture of the batch is filtered

# %% grade_id="03-conv2d"
def conv2d(x, w, b, stride, padding, dilation):
    p, d = padding, dilation
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    reach = [d * (k - 1) + 1 for k in w.shape[2:]]
    windows = np.lib.stride_tricks.sliding_window_view(x, reach, axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride, ::d, ::d]
    return [np.einsum("cijuv,fcuv->fij", windows[0], w) + b[:, None, None] for _ in x]
