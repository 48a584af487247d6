# loses 07b-gate-tests: the rule returns an array, not a tuple
# told: longer than

# %% grade_id="07b-gate"
def gate(x):
    m = x.data.mean(axis=(2, 3), keepdims=True)

    def rule(dout):
        return dout * m + (dout * x.data).mean(axis=(2, 3), keepdims=True)

    return Tensor(x.data * m, (x,), rule)


gate_numbers = operation_function(gate)  # for the checks
