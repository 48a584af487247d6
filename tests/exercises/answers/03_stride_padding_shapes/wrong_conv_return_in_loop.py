# loses 03-conv2d-tests: the return is inside the loop over the pictures
# told: Only the first picture is filled in

# %% grade_id="03-conv2d"
def conv2d(x, w, b, stride, padding, dilation):
    s, p, d = stride, padding, dilation
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    reach = [d * (k - 1) + 1 for k in w.shape[2:]]
    windows = np.lib.stride_tricks.sliding_window_view(x, reach, axis=(2, 3))
    windows = windows[:, :, ::s, ::s, ::d, ::d]
    out = np.zeros((len(x), len(w), *windows.shape[2:4]))
    for n in range(len(x)):
        for f in range(len(w)):
            out[n, f] = np.einsum("cijuv,cuv->ij", windows[n], w[f]) + b[f]
        return out
