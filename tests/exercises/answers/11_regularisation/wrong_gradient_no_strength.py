# loses 11-l2-gradient-tests: the strength is missing
# told: The strength λ is missing

# %% grade_id="11-l2-gradient"
def l2_gradient(parameter, strength):
    return parameter * (parameter.ndim > 1)
