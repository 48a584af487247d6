# loses 11-l2-gradient-tests: biases as well
# told: their gradient is 0

# %% grade_id="11-l2-gradient"
def l2_gradient(parameter, strength):
    return strength * parameter
