# loses 07b-gate-tests: the rule changes dout in place
# told: the first difference is at

# %% grade_id="07b-gate"
def gate(x):
    m = x.data.mean(axis=(2, 3), keepdims=True)

    def rule(dout):
        dout *= 2
        return (dout * m + (dout * x.data).mean(axis=(2, 3), keepdims=True),)

    return Tensor(x.data * m, (x,), rule)


gate_numbers = operation_function(gate)  # for the checks
