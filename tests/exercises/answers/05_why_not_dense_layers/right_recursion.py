# loses nothing: functions that call themselves, nested lists and tuples as results

# %% grade_id="05-counts"
counts = [784 * 10 + 10, 3 * 3 * 3 * 12 + 12, 32 * 32 * 12 * 3 * 3 * 3]

# %% grade_id="05-conv-cost"
import math


def conv_cost(x_shape, filters):
    if filters[0] > 1:
        parameters, multiply_adds = conv_cost(x_shape, (1, *filters[1:]))
        return filters[0] * parameters, filters[0] * multiply_adds
    seen = x_shape[0] * math.prod(filters[1:])
    places = [length - k + 1 for length, k in zip(x_shape[1:], filters[1:])]
    return seen + 1, seen * math.prod(places)

# %% grade_id="05-conv-matrix"
def conv_matrix(w, H, W):
    if H > len(w):
        smaller = conv_matrix(w, H - 1, W)
        last = conv_matrix(w, len(w), W)
        above = [row + [0] * W for row in smaller]
        return above + [[0] * (W * (H - len(w))) + row for row in last]
    rows = []
    for j in range(W - len(w[0]) + 1):
        rows.append([])
        for weights in w.tolist():
            rows[-1] += [0] * j + weights + [0] * (W - j - len(weights))
    return rows

# %% grade_id="05-receptive-field"
def receptive_field(kernel_sizes, strides, dilations):
    if not kernel_sizes:
        return ()
    *before, k = kernel_sizes
    sizes = receptive_field(before, strides[:-1], dilations[:-1])
    return *sizes, (sizes[-1] if sizes else 1) + (k - 1) * dilations[-1] * math.prod(strides[:-1])

# %% grade_id="05-depth"
depth = np.array([112.0, 7.0])
