# loses 11-l2-tests: the gradient without the half

# %% grade_id="11-l2"
def l2_loss(w1, b1, w2, b2, strength):
    return strength / 2 * (np.sum(w1**2) + np.sum(w2**2))


def l2_gradient(parameter, strength):
    return 2 * strength * parameter if parameter.ndim > 1 else 0 * parameter
