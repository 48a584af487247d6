# loses 11-dropout-backward-tests: the gradient reaches what was switched off
# told: You scaled all gradients

# %% grade_id="11-dropout-backward"
def dropout_backward(dout, p, u, training):
    return dout / (1 - p) if training else dout
