# loses 15-pgd-tests: never comes back to the start
# told: Nothing brings the result back to within epsilon of the start.

# %% grade_id="15-pgd"
def pgd_step(x, start, gradient, step, epsilon):
    return np.clip(x + step * np.sign(gradient), 0, 1)
