# loses 15-pgd-tests: steps by the gradient itself
# told: You stepped by the gradient itself

# %% grade_id="15-pgd"
def pgd_step(x, start, gradient, step, epsilon):
    moved = x + step * gradient
    return np.clip(np.clip(moved, start - epsilon, start + epsilon), 0, 1)
