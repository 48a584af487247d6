# loses 15-pgd-tests: stays near the last place instead of the start
# told: It has to stay near *start*

# %% grade_id="15-pgd"
def pgd_step(x, start, gradient, step, epsilon):
    moved = x + step * np.sign(gradient)
    return np.clip(np.clip(moved, x - epsilon, x + epsilon), 0, 1)
