# loses 15-fgsm-tests: divides by the gradient's length
# told: You divided the gradient by its length

# %% grade_id="15-fgsm"
def fgsm(x, gradient, epsilon):
    length = np.sqrt((gradient**2).sum())
    return np.clip(x + epsilon * gradient / (length or 1), 0, 1)
