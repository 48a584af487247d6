# loses 11-dropout-backward-tests: scaled twice
# told: 1 / (1 − p) twice

# %% grade_id="11-dropout-backward"
def dropout_backward(dout, p, u, training):
    if not training:
        return dout
    mask = (u >= p) / (1 - p)
    return dout * mask / (1 - p)
