# loses nothing: all of NumPy's names, and variables with the names of a check's tools

# %% grade_id="05-layer-costs"
from numpy import *


def layer_costs(x_shape, filters):
    F, *check = filters
    outputs = int64(F) * prod(array(x_shape[1:]) + 1 - check)
    seen = array([prod(x_shape), x_shape[0] * prod(check), x_shape[0] * prod(check)])
    return transpose([(seen + 1) * [outputs, outputs, F], seen * outputs])

# %% grade_id="05-conv-matrix"
def conv_matrix(w, H, W):
    KH, KW = w.shape
    rows = [eye(H - KH + 1, H, u) for u in range(KH)]
    columns = [eye(W - KW + 1, W, v) for v in range(KW)]
    return sum([w[u, v] * kron(rows[u], columns[v]) for u, v in ndindex(KH, KW)], axis=0)

# %% grade_id="05-receptive-field"
def receptive_field(kernel_sizes, strides, dilations):
    windows = concatenate([[1], cumprod(strides)])[:-1]
    return cumsum(multiply(subtract(kernel_sizes, 1), dilations) * windows) + 1

# %% grade_id="05-depth"
run, case = 224, 1
depth = [ceil((run - case) / 2), ceil(log2(run + case)) - case]
