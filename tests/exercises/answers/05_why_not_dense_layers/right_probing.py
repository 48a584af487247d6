# loses nothing: the matrix by probing, the field backwards from the last layer, a computed depth

# %% grade_id="05-layer-costs"
def layer_costs(x_shape, filters):
    F, *sides = filters
    outputs = F * np.prod(np.subtract(x_shape[1:], sides) + 1)
    seen = np.array([np.prod(x_shape), x_shape[0] * np.prod(sides), x_shape[0] * np.prod(sides)])
    sets = np.array([outputs, outputs, F])
    return np.stack([sets * seen + sets, outputs * seen], axis=1)

# %% grade_id="05-conv-matrix"
def slide(x, w):
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape)
    return (windows * w).sum(axis=(2, 3))


def conv_matrix(w, H, W):
    columns = []
    for place in range(H * W):
        x = np.zeros(H * W)
        x[place] = 1
        columns.append(slide(x.reshape(H, W), w).ravel())
    return np.array(columns).T

# %% grade_id="05-receptive-field"
def receptive_field(kernel_sizes, strides, dilations):
    sizes = []
    for last in range(len(strides)):
        seen = 1
        for k in range(last, -1, -1):
            seen = (seen - 1) * strides[k] + (kernel_sizes[k] - 1) * dilations[k] + 1
        sizes.append(seen)
    return sizes

# %% grade_id="05-depth"
depth = [next(n for n in range(999) if 2 * n + 1 >= 224), next(n for n in range(99) if 2 ** (n + 1) - 1 >= 224)]
