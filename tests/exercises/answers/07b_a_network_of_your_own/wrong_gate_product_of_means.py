# loses 07b-gate-tests: the product of the means
# told: isn't the product of the means

# %% grade_id="07b-gate"
def gate(x):
    m = x.data.mean(axis=(2, 3), keepdims=True)

    def rule(dout):
        return (dout * m + dout.mean(axis=(2, 3), keepdims=True) * m,)

    return Tensor(x.data * m, (x,), rule)


gate_numbers = operation_function(gate)  # for the checks
