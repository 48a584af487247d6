# loses 11-l2-gradient-tests: the loss of each weight
# told: That is the loss of each weight

# %% grade_id="11-l2-gradient"
def l2_gradient(parameter, strength):
    return strength / 2 * parameter**2 * (parameter.ndim > 1)
