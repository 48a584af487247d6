# loses 11-dropout-backward-tests: the gradient passes in training
# told: The mask is missing

# %% grade_id="11-dropout-backward"
def dropout_backward(dout, p, u, training):
    return dout
