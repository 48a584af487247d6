# loses 15-fgsm-tests: pixels beyond 0 and 1

# %% grade_id="15-fgsm"
def fgsm(x, gradient, epsilon):
    return x + epsilon * np.sign(gradient)
