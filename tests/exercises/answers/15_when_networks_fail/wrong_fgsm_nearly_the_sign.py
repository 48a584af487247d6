# loses 15-fgsm-tests: g / (|g| + 1e-8) is no sign for small gradients
# told: the first difference is at

# %% grade_id="15-fgsm"
def fgsm(x, gradient, epsilon):
    return np.clip(x + epsilon * gradient / (np.abs(gradient) + 1e-8), 0, 1)
