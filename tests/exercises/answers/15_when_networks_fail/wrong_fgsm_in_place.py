# loses 15-fgsm-tests: pushes the pictures that it was given
# told: changed what it was given

# %% grade_id="15-fgsm"
def fgsm(x, gradient, epsilon):
    x += epsilon * np.sign(gradient)
    return x.clip(0, 1)
