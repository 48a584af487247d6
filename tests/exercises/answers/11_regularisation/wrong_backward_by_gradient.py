# loses 11-dropout-backward-tests: compares dout with p
# told: the first difference is at

# %% grade_id="11-dropout-backward"
def dropout_backward(dout, p, u, training):
    return np.where(dout < p, 0, dout / (1 - p)) if training else dout
