# loses 15-pgd-tests: begins at the start in every step
# told: You stepped from start

# %% grade_id="15-pgd"
def pgd_step(x, start, gradient, step, epsilon):
    push = np.clip(step * np.sign(gradient), -epsilon, epsilon)
    return np.clip(start + push, 0, 1)
