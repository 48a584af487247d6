# loses nothing: matrices in place of walks

# %% grade_id="07b-gradients-of"
def gradients_of(uses, slopes, count, result):
    step = np.zeros((count, count))
    np.add.at(step, (uses[:, 0], uses[:, 1]), slopes)
    # 1 + S + S² + …: no way is longer than `count`.
    return np.linalg.inv(np.eye(count) - step)[result]

# %% grade_id="07b-layer-norm"
def layer_norm(x, weight, bias):
    D = x.data.shape[1]
    centre = np.eye(D) - 1 / D
    centred = x.data @ centre
    spread = np.sqrt((centred**2).mean(1) + 1e-5)
    normal = centred / spread[:, None]
    slopes = (centre - normal[:, :, None] * normal[:, None, :] / D) / spread[:, None, None]

    def rule(dout):
        return np.einsum("nij,nj->ni", slopes, dout * weight.data), (dout * normal).sum(0), dout.sum(0)

    return Tensor(normal @ np.diag(weight.data) + bias.data, (x, weight, bias), rule)


layer_norm_numbers = operation_function(layer_norm)  # for the checks

# %% grade_id="07b-gate"
def gate(x):
    N, C, H, W = x.data.shape
    flat = x.data.reshape(N * C, H * W)
    m = flat.mean(1)[:, None]

    def rule(dout):
        d = dout.reshape(N * C, H * W)
        return ((d * m + (d * flat).sum(1)[:, None] / (H * W)).reshape(N, C, H, W),)

    return Tensor((flat * m).reshape(x.data.shape), (x,), rule)


gate_numbers = operation_function(gate)  # for the checks
