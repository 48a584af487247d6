# loses 11-l2-gradient-tests: the step, not the gradient
# told: The sign is wrong

# %% grade_id="11-l2-gradient"
def l2_gradient(parameter, strength):
    return -strength * parameter * (parameter.ndim != 1)
