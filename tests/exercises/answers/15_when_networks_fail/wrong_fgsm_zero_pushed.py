# loses 15-fgsm-tests: pushes where the gradient is 0
# told: Where the gradient is 0, push nothing

# %% grade_id="15-fgsm"
def fgsm(x, gradient, epsilon):
    return np.clip(np.where(gradient > 0, x + epsilon, x - epsilon), 0, 1)
