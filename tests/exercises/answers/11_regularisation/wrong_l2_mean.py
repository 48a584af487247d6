# loses 11-l2-tests: the mean of the squares in place of their sum

# %% grade_id="11-l2"
def l2_loss(w1, b1, w2, b2, strength):
    return strength / 2 * (np.mean(w1**2) + np.mean(w2**2))


def l2_gradient(parameter, strength):
    return strength * parameter if parameter.ndim > 1 else 0 * parameter
