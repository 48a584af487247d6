# loses 11-l2-gradient-tests: nothing for biases
# told: nothing came back

# %% grade_id="11-l2-gradient"
def l2_gradient(parameter, strength):
    if parameter.ndim > 1:
        return strength * parameter
