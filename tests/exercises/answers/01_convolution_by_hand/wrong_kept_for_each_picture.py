# loses 01-correlate2d-tests: a picture that was seen before gets its old outputs, whatever the kernel
# told: the first difference is at

# %% grade_id="01-correlate2d"
seen = {}


def correlate2d(x, w, stride=(1, 1)):
    down, across = stride
    if x.tobytes() not in seen:
        windows = np.lib.stride_tricks.sliding_window_view(x, w.shape)[::down, ::across]
        seen[x.tobytes()] = np.einsum("ijuv,uv->ij", windows, w)
    return seen[x.tobytes()]
