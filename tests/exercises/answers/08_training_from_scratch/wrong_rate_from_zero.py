# loses 08-rate-tests: the climb begins with a rate of 0
# told: Your climb begins at 0

# %% grade_id="08-rate"
def rate(step, steps, warm, lr):
    if step < warm:
        return lr * step / warm
    return lr / 2 * (1 + np.cos(np.pi * (step - warm) / (steps - warm)))
