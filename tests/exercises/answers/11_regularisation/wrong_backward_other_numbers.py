# loses 11-dropout-backward-tests: the mask turned round
# told: You kept the numbers that should go

# %% grade_id="11-dropout-backward"
def dropout_backward(dout, p, u, training):
    return np.where(u < p, dout / (1 - p), 0) if training else dout
