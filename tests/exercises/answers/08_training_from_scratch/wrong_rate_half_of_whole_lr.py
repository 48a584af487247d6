# loses 08-rate-tests: `lr // 2` is 0 where lr is 1
# told: `lr // 2` cuts off the half of a whole number

# %% grade_id="08-rate"
def rate(step, steps, warm, lr):
    if step < warm:
        return lr * (step + 1) / warm
    return lr // 2 * (1 + np.cos(np.pi * (step - warm) / (steps - warm)))
