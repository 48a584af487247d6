# loses nothing: functions that call themselves, nested lists and tuples as results

# %% grade_id="05-layer-costs"
import math


def layer_costs(x_shape, filters):
    if filters[0] > 1:
        one = layer_costs(x_shape, (1, *filters[1:]))
        return tuple(tuple(filters[0] * number for number in pair) for pair in one)
    C, *sides = x_shape
    places = math.prod(length - k + 1 for length, k in zip(sides, filters[1:]))
    seen, everything = C * math.prod(filters[1:]), C * math.prod(sides)
    return ((everything + 1) * places, everything * places), ((seen + 1) * places, seen * places), (seen + 1, seen * places)

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

# %% grade_id="05-diagnose"
def diagnose(M, H, W, KH, KW):
    to_cut, to_tie = 0, set()
    for i in range(H - KH + 1):
        for j in range(W - KW + 1):
            k = i * (W - KW + 1) + j
            for p in range(H):
                for q in range(W):
                    u, v = p - i, q - j
                    if not (0 <= u < KH and 0 <= v < KW):
                        to_cut += M[k, p * W + q] != 0
                    elif abs(M[k, p * W + q] - M[0, u * W + v]) > 1e-6:
                        to_tie.add(k)
    return int(to_cut), len(to_tie)
