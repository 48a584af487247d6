# loses 11-l2-gradient-tests: the sign alone
# told: L1's gradient

# %% grade_id="11-l2-gradient"
def l2_gradient(parameter, strength):
    return strength * np.sign(parameter) * (parameter.ndim != 1)
