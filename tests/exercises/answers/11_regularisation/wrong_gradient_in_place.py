# loses 11-l2-gradient-tests: works in place
# told: changed what it was given

# %% grade_id="11-l2-gradient"
def l2_gradient(parameter, strength):
    if parameter.ndim == 1:
        parameter[:] = 0
    return strength * parameter
