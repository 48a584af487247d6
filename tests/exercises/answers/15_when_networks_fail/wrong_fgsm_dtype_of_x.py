# loses 15-fgsm-tests: an array that takes the dtype of the pictures
# told: Your result was cut to whole numbers

# %% grade_id="15-fgsm"
def fgsm(x, gradient, epsilon):
    out = np.zeros_like(x)
    out[...] = np.clip(x + epsilon * np.sign(gradient), 0, 1)
    return out
