# loses 15-pgd-tests: near the start from above only
# told: the first difference is at

# %% grade_id="15-pgd"
def pgd_step(x, start, gradient, step, epsilon):
    moved = np.minimum(x + step * np.sign(gradient), start + epsilon)
    return np.clip(moved, 0, 1)
