# loses 07b-gate-tests: averages over the channels as well on the way back
# told: average over the channels as well

# %% grade_id="07b-gate"
def gate(x):
    m = x.data.mean(axis=(2, 3), keepdims=True)

    def rule(dout):
        return (dout * m + (dout * x.data).mean(axis=(1, 2, 3), keepdims=True),)

    return Tensor(x.data * m, (x,), rule)


gate_numbers = operation_function(gate)  # for the checks
