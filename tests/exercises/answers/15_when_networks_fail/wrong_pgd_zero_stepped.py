# loses 15-pgd-tests: steps where the gradient is 0
# told: Where the gradient is 0, step nowhere

# %% grade_id="15-pgd"
def pgd_step(x, start, gradient, step, epsilon):
    moved = np.where(gradient > 0, x + step, x - step)
    return np.clip(np.clip(moved, start - epsilon, start + epsilon), 0, 1)
