# loses nothing: helpers, global numbers, generators, a progress bar

# %% grade_id="05-conv-cost"
ONE_BIAS = 1


def steps(length, window):
    return length - window + 1


def conv_cost(x_shape, filters):
    weights = np.ones((filters[1], filters[2]), dtype=int).sum() * x_shape[0]
    places = steps(x_shape[1], filters[1]) * steps(x_shape[2], filters[2])
    return [filters[0] * (weights + ONE_BIAS), filters[0] * weights * places]

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
