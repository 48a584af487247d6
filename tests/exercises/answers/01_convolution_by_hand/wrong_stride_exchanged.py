# loses 01-correlate2d-tests: across and down in place of down and across
# told: The stride is exchanged

# %% grade_id="01-correlate2d"
def correlate2d(x, w, stride=(1, 1)):
    across, down = stride
    return np.einsum("ijuv,uv->ij", np.lib.stride_tricks.sliding_window_view(x, w.shape), w)[
        ::down, ::across
    ]
