# loses 15-fgsm-tests: pixels beyond 0 and 1
# told: A pixel can't go below 0 or above 1: clip the result.

# %% grade_id="15-fgsm"
def fgsm(x, gradient, epsilon):
    return x + epsilon * np.sign(gradient)
