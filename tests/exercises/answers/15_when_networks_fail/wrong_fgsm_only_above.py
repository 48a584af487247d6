# loses 15-fgsm-tests: forgets that pixels end at 0
# told: A pixel can't go below 0 either

# %% grade_id="15-fgsm"
def fgsm(x, gradient, epsilon):
    return np.minimum(x + epsilon * np.sign(gradient), 1)
