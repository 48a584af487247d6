# loses nothing: helpers, global numbers, generators, a progress bar

# %% grade_id="05-layer-costs"
ONE_BIAS = 1


def steps(length, window):
    return length - window + 1


def layer_costs(x_shape, filters):
    def pair(units, inputs, places):
        return [units * (inputs + ONE_BIAS), places * inputs]

    F, *sides = filters
    outputs = F * steps(x_shape[1], sides[0]) * steps(x_shape[2], sides[1])
    window = np.ones(sides, dtype=int).sum() * x_shape[0]
    everything = x_shape[0] * x_shape[1] * x_shape[2]
    return [pair(n, seen, outputs) for n, seen in [(outputs, everything), (outputs, window), (F, window)]]

# %% grade_id="05-conv-matrix"
from tqdm import tqdm


def conv_matrix(w, H, W):
    OW = steps(W, w.shape[1])
    M = np.zeros((steps(H, w.shape[0]) * OW, H * W))
    for row in tqdm(range(len(M))):
        top, left = divmod(row, OW)
        M[row].reshape(H, W)[top:, left:][: w.shape[0], : w.shape[1]] = w
    return M

# %% grade_id="05-receptive-field"
import itertools
import operator


def receptive_field(kernel_sizes, strides, dilations):
    jumps = itertools.accumulate([1] + strides[:-1], operator.mul)
    grown = ((k - 1) * d * jump for k, d, jump in zip(kernel_sizes, dilations, jumps))
    return [1 + total for total in itertools.accumulate(grown)]

# %% grade_id="05-diagnose"
def windows_of(M, H, W, KH, KW):
    OW = steps(W, KW)
    for k in range(len(M)):
        top, left = divmod(k, OW)
        picture = M[k].reshape(H, W)
        window = picture[top : top + KH, left : left + KW]
        yield window, np.sum(abs(picture) > 1e-9) - np.sum(abs(window) > 1e-9)


def diagnose(M, H, W, KH, KW):
    windows, left = zip(*windows_of(M, H, W, KH, KW))
    return [sum(left), sum(not np.allclose(window, windows[0], rtol=0, atol=1e-9) for window in windows)]

# %% grade_id="05-two-layers"
two_layers = (4 * 4, 8 * 8, 5 * 5, 3 * 3)
