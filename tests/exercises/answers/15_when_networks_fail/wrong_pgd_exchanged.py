# loses 15-pgd-tests: step and epsilon exchanged
# told: You exchanged `step` and `epsilon`

# %% grade_id="15-pgd"
def pgd_step(x, start, gradient, step, epsilon):
    moved = x + epsilon * np.sign(gradient)
    return np.clip(np.clip(moved, start - step, start + step), 0, 1)
