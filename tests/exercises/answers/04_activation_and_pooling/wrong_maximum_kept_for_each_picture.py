# loses 04-max-pool2d-tests: pictures that were seen before get their old answer for this stride
# told: the answer has shape

# %% grade_id="04-max-pool2d"
seen = {}


def max_pool2d(x, size, stride, padding):
    x = np.pad(x.astype(float), ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2), constant_values=-np.inf)
    if (x.tobytes(), stride) not in seen:
        windows = np.lib.stride_tricks.sliding_window_view(x, (size, size), axis=(2, 3))
        seen[x.tobytes(), stride] = windows[:, :, ::stride, ::stride].max(axis=(4, 5))
    return seen[x.tobytes(), stride]
