# loses nothing: follows every way to the result; loops over numbers

# %% grade_id="07b-by-hand"
by_hand = (12 + 3, 5 + 15, 20 * 3, 20 * 4 + 5)

# %% grade_id="07b-gradients-of"
def gradients_of(uses, slopes, count, result):
    def ways(node):
        if node == result:
            return 1.0
        return sum(slope * ways(made) for (made, maker), slope in zip(uses, slopes) if maker == node)

    return [ways(node) for node in range(count)]

# %% grade_id="07b-layer-norm"
def layer_norm(x, weight, bias):
    N, D = x.data.shape
    normal, spread = np.zeros((N, D)), np.zeros(N)
    for n in range(N):
        mean = sum(x.data[n]) / D
        spread[n] = (sum((a - mean) ** 2 for a in x.data[n]) / D + 1e-5) ** 0.5
        normal[n] = [(a - mean) / spread[n] for a in x.data[n]]

    def rule(dout):
        dx = np.zeros((N, D))
        for n in range(N):
            for i in range(D):
                for j in range(D):
                    slope = (i == j) - 1 / D - normal[n, i] * normal[n, j] / D
                    dx[n, i] += dout[n, j] * weight.data[j] * slope / spread[n]
        return dx, sum(dout * normal), sum(dout)

    return Tensor(normal * weight.data + bias.data, (x, weight, bias), rule)


layer_norm_numbers = operation_function(layer_norm)  # for the checks

# %% grade_id="07b-gate"
def gate(x):
    def rule(dout):
        dx = np.zeros(x.data.shape)
        for n, c, i, j in np.ndindex(x.data.shape):
            dx[n, c, i, j] += dout[n, c, i, j] * x.data[n, c].mean()
            dx[n, c] += dout[n, c, i, j] * x.data[n, c, i, j] / x.data[n, c].size
        return (dx,)

    out = np.array([[one * one.mean() for one in maps] for maps in x.data])
    return Tensor(out, (x,), rule)


gate_numbers = operation_function(gate)  # for the checks
