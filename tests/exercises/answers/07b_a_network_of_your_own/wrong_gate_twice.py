# loses 07b-gate-tests: the rule for a square
# told: That is the rule for x²

# %% grade_id="07b-gate"
def gate(x):
    m = x.data.mean(axis=(2, 3), keepdims=True)

    def rule(dout):
        return (2 * dout * m,)

    return Tensor(x.data * m, (x,), rule)


gate_numbers = operation_function(gate)  # for the checks
