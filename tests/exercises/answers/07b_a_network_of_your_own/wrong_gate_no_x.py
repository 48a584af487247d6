# loses 07b-gate-tests: x is missing on the way through the mean
# told: On the way through the mean, x is missing

# %% grade_id="07b-gate"
def gate(x):
    m = x.data.mean(axis=(2, 3), keepdims=True)

    def rule(dout):
        return (dout * m + dout.mean(axis=(2, 3), keepdims=True),)

    return Tensor(x.data * m, (x,), rule)


gate_numbers = operation_function(gate)  # for the checks
