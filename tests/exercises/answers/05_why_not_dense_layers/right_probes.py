# loses nothing: each function measures: it looks for what a layer really sees

# %% grade_id="05-conv-cost"
def conv_cost(x_shape, filters):
    F, KH, KW = filters
    places = len(range(x_shape[1] - KH + 1)) * len(range(x_shape[2] - KW + 1))
    return [F * (x_shape[0] * KH * KW + 1), F * x_shape[0] * KH * KW * places]

# %% grade_id="05-conv-matrix"
def conv_matrix(w, H, W):
    numbers = np.arange(H * W).reshape(H, W)
    seen = np.lib.stride_tricks.sliding_window_view(numbers, w.shape).reshape(-1, w.size)
    M = np.zeros((len(seen), H * W), dtype=w.dtype)
    np.put_along_axis(M, seen, np.broadcast_to(w.ravel(), seen.shape), axis=1)
    return M

# %% grade_id="05-receptive-field"
def receptive_field(kernel_sizes, strides, dilations):
    sizes = []
    for depth_so_far in range(1, len(strides) + 1):
        pixels = {0}
        for n in reversed(range(depth_so_far)):
            taps = range(kernel_sizes[n])
            pixels = {p * strides[n] + t * dilations[n] for p in pixels for t in taps}
        sizes.append(max(pixels) - min(pixels) + 1)
    return sizes

# %% grade_id="05-depth"
def layers_needed(stride):
    n = 1
    while receptive_field([3] * n, [stride] * n, [1] * n)[-1] < 224:
        n += 1
    return n


depth = [112, layers_needed(2)]
