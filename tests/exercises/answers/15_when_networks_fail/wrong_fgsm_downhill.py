# loses 15-fgsm-tests: goes down the gradient, as training does
# told: You went down the gradient

# %% grade_id="15-fgsm"
def fgsm(x, gradient, epsilon):
    return np.clip(x - epsilon * np.sign(gradient), 0, 1)
