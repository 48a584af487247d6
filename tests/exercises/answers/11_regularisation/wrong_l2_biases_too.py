# loses 11-l2-tests: the biases are penalised

# %% grade_id="11-l2"
def l2_loss(w1, b1, w2, b2, strength):
    return strength / 2 * sum(np.sum(array**2) for array in (w1, b1, w2, b2))


def l2_gradient(parameter, strength):
    return strength * parameter
