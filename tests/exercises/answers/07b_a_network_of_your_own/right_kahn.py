# loses nothing: counts uses, composes operations, numpy functions of other names

# %% grade_id="07b-by-hand"
by_hand = np.array([15.0, 20, 60, 85])

# %% grade_id="07b-gradients-of"
def gradients_of(uses, slopes, count, result):
    leads = {result}
    for _ in range(count):
        leads |= {p for k, p in uses.tolist() if k in leads}
    rows = [i for i, (k, p) in enumerate(uses) if k in leads]
    left = np.bincount(uses[rows, 1].astype(int), minlength=count)
    out = np.zeros(count)
    out[result] = 1.0
    ready = [result]
    while ready:
        k = ready.pop()
        for i in rows:
            if uses[i, 0] == k:
                p = uses[i, 1]
                out[p] += slopes[i] * out[k]
                left[p] -= 1
                if left[p] == 0:
                    ready.append(p)
    return out

# %% grade_id="07b-layer-norm"
def layer_norm(x, weight, bias):
    a, D = x.data, x.data.shape[1]
    centred = a - np.sum(a, axis=1)[:, None] / D
    var = np.einsum("nd,nd->n", centred, centred)[:, None] / D + 1e-5
    normal = centred * var**-0.5

    def rule(dout):
        dnormal = dout * weight.data
        dvar = np.sum(dnormal * centred, axis=1, keepdims=True) * -0.5 * var**-1.5
        dcentred = dnormal * var**-0.5 + dvar * 2 * centred / D
        dmean = -dcentred.sum(axis=1, keepdims=True)
        return [dcentred + dmean / D, np.einsum("nd,nd->d", dout, normal), np.ones(len(a)) @ dout]

    return Tensor(normal * weight.data[None] + bias.data, [x, weight, bias], rule)


layer_norm_numbers = operation_function(layer_norm)  # for the checks

# %% grade_id="07b-gate"
def average(x):
    ones = np.ones(x.data.shape)
    size = x.data[0, 0].size
    out = x.data.sum(axis=(2, 3), keepdims=True) / size * ones
    return Tensor(out, (x,), lambda dout: (dout.sum(axis=(2, 3), keepdims=True) / size * ones,))


def gate(x):
    return x * average(x)


gate_numbers = operation_function(gate)  # for the checks

# %% grade_id="07b-only-a"
only_a = np.ones((3, 2)), np.ones((3, 4)), np.ones((2, 4)), np.zeros(2)

# %% grade_id="07b-only-b"
only_b = ([[5.5, -1]], [[-1, -1, -1]], [[1, 1, 1], [2, 2, 2]], [100, 99])

# %% grade_id="07b-only-c"
only_c = [[[0, 3]], [[1, -2]], [[1, 0], [0, 1]], [0, 1]]
