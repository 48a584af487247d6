# loses 07b-gate-tests: only the way through the mean
# told: Only the way through the mean is there

# %% grade_id="07b-gate"
def gate(x):
    m = x.data.mean(axis=(2, 3), keepdims=True)

    def rule(dout):
        return ((dout * x.data).mean(axis=(2, 3), keepdims=True) + 0 * dout,)

    return Tensor(x.data * m, (x,), rule)


gate_numbers = operation_function(gate)  # for the checks
