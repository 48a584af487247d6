# loses 07b-layer-norm-tests: sums in place of means in dx
# told: subtracts sums where means are due

# %% grade_id="07b-layer-norm"
def layer_norm(x, weight, bias):
    mean = x.data.mean(axis=1, keepdims=True)
    spread = np.sqrt(x.data.var(axis=1, keepdims=True) + 1e-5)
    normal = (x.data - mean) / spread

    def rule(dout):
        g = dout * weight.data
        through_mean = g.sum(axis=1, keepdims=True)
        through_spread = normal * (g * normal).sum(axis=1, keepdims=True)
        dx = (g - through_mean - through_spread) / spread
        return dx, (dout * normal).sum(axis=0), dout.sum(axis=0)

    return Tensor(weight.data * normal + bias.data, (x, weight, bias), rule)


layer_norm_numbers = operation_function(layer_norm)  # for the checks
