# loses 15-fgsm-tests: pushes by the gradient, scaled so that the largest push is epsilon
# told: You divided the gradient by its largest number

# %% grade_id="15-fgsm"
def fgsm(x, gradient, epsilon):
    return np.clip(x + epsilon * gradient / np.abs(gradient).max(), 0, 1)
