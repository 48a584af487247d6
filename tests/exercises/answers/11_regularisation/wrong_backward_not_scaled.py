# loses 11-dropout-backward-tests: the scale is forgotten on the way back
# told: The mask holds 1 / (1 − p)

# %% grade_id="11-dropout-backward"
def dropout_backward(dout, p, u, training):
    return dout * (u >= p) if training else dout
