# loses nothing: `from numpy import *`, and the lesson's own Tensor does the walking

# %% grade_id="07b-by-hand"
from numpy import *

by_hand = [15.0, 20.0, 60.0, 85.0]

# %% grade_id="07b-gradients-of"
def gradients_of(uses, slopes, count, result):
    check, run = zeros(count), eye(count)[result]
    while any(run != 0):
        check = check + run
        case = zeros(count)
        for (made, maker), slope in zip(uses, slopes):
            case[maker] += slope * run[made]
        run = case
    return check

# %% grade_id="07b-layer-norm"
def layer_norm(x, weight, bias):
    case = x.data.T
    run = sqrt(var(case, 0) + 1e-5)
    windows = (case - mean(case, 0)) / run

    def rule(dout):
        check = (dout * weight.data).T
        check = check - mean(check, 0) - windows * mean(check * windows, 0)
        return (check / run).T, sum(dout.T * windows, 1), sum(dout, 0)

    return Tensor(windows.T * weight.data + bias.data, (x, weight, bias), rule)


layer_norm_numbers = operation_function(layer_norm)  # for the checks

# %% grade_id="07b-gate"
def gate(x):
    run = mean(x.data, axis=(-2, -1), keepdims=True)
    case = Tensor(run + zeros(x.data.shape), (x,), lambda dout: (mean(dout, axis=(2, 3), keepdims=True) + zeros(dout.shape),))
    return x * case


gate_numbers = operation_function(gate)  # for the checks
