# loses 07b-gate-tests: adds the mean
# told: You add the mean

# %% grade_id="07b-gate"
def gate(x):
    m = x.data.mean(axis=(2, 3), keepdims=True)

    def rule(dout):
        return (dout + dout.mean(axis=(2, 3), keepdims=True),)

    return Tensor(x.data + m, (x,), rule)


gate_numbers = operation_function(gate)  # for the checks
