# loses 07b-gate-tests: a sum in place of the mean
# told: The 1/(H · W) of the mean is missing

# %% grade_id="07b-gate"
def gate(x):
    m = x.data.mean(axis=(2, 3), keepdims=True)

    def rule(dout):
        return (dout * m + (dout * x.data).sum(axis=(2, 3), keepdims=True),)

    return Tensor(x.data * m, (x,), rule)


gate_numbers = operation_function(gate)  # for the checks
