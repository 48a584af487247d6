# loses nothing: each function measures: it looks for what a layer really sees

# %% grade_id="05-layer-costs"
def layer_costs(x_shape, filters):
    F, KH, KW = filters
    C, H, W = x_shape
    places = len(range(H - KH + 1)) * len(range(W - KW + 1))
    table = []
    for seen, sets in ((C * H * W, F * places), (C * KH * KW, F * places), (C * KH * KW, F)):
        table.append([sets * seen, F * places * seen])
        table[-1][0] += sets
    return table

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

# %% grade_id="05-diagnose"
def diagnose(M, H, W, KH, KW):
    numbers = np.arange(H * W).reshape(H, W)
    seen = np.lib.stride_tricks.sliding_window_view(numbers, (KH, KW)).reshape(len(M), -1)
    kernels = np.take_along_axis(M, seen, axis=1)
    left = (M != 0).sum() - (kernels != 0).sum()
    return np.array([left, np.any(np.abs(kernels - kernels[:1]) > 1e-9, axis=1).sum()])
