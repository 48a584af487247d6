# loses 15-pgd-tests: projects onto a ball, all numbers together
# told: the first difference is at

# %% grade_id="15-pgd"
def pgd_step(x, start, gradient, step, epsilon):
    apart = x + step * np.sign(gradient) - start
    length = np.linalg.norm(apart)
    if length > epsilon:
        apart = apart * epsilon / length
    return np.clip(start + apart, 0, 1)
