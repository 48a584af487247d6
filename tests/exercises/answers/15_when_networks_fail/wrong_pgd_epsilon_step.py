# loses 15-pgd-tests: each step goes as far as the attack may
# told: You stepped by epsilon.

# %% grade_id="15-pgd"
def pgd_step(x, start, gradient, step, epsilon):
    moved = x + epsilon * np.sign(gradient)
    return np.clip(np.clip(moved, start - epsilon, start + epsilon), 0, 1)
