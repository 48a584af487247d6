# loses 15-fgsm-tests: the sign of the gradient after it was cut to whole numbers
# told: the first difference is at

# %% grade_id="15-fgsm"
def fgsm(x, gradient, epsilon):
    return np.clip(x + epsilon * np.sign(gradient.astype(int)), 0, 1)
