# loses 15-pgd-tests: numbers that went too far start again
# told: the first difference is at

# %% grade_id="15-pgd"
def pgd_step(x, start, gradient, step, epsilon):
    moved = np.clip(x + step * np.sign(gradient), 0, 1)
    return np.where(abs(moved - start) > epsilon + 1e-12, start, moved)
