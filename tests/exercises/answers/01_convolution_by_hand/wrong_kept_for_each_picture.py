# loses 01-correlate2d-tests: a picture that was seen before gets its old outputs, whatever the kernel
# told: the first difference is at

# %% grade_id="01-correlate2d"
seen = {}


def correlate2d(x, w):
    if x.tobytes() not in seen:
        windows = np.lib.stride_tricks.sliding_window_view(x, w.shape)
        seen[x.tobytes()] = np.einsum("ijuv,uv->ij", windows, w)
    return seen[x.tobytes()]
