# loses 11-l2-gradient-tests: convolutions have no gradient
# told: Convolutions have weights as well

# %% grade_id="11-l2-gradient"
def l2_gradient(parameter, strength):
    return strength * parameter if parameter.ndim == 2 else np.zeros_like(parameter)
