# loses 15-pgd-tests: forgets that a pixel ends at 0 and 1
# told: A pixel can't go below 0 or above 1 either: clip again.

# %% grade_id="15-pgd"
def pgd_step(x, start, gradient, step, epsilon):
    return np.clip(x + step * np.sign(gradient), start - epsilon, start + epsilon)
