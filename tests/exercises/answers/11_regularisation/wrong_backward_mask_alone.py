# loses 11-dropout-backward-tests: the derivative without dout
# told: multiply `dout` by it

# %% grade_id="11-dropout-backward"
def dropout_backward(dout, p, u, training):
    return np.where(u < p, 0, 1 / (1 - p)) if training else np.ones(dout.shape)
