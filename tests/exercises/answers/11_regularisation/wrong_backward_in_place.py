# loses 11-dropout-backward-tests: writes into dout
# told: changed what it was given

# %% grade_id="11-dropout-backward"
def dropout_backward(dout, p, u, training):
    if training:
        dout[u < p] = 0
        return dout * (1 / (1 - p))
    return dout
