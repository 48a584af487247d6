# loses 08-rate-tests: `<=` for `<`, which divides by 0 where there is no climb
# told: division by zero

# %% grade_id="08-rate"
def rate(step, steps, warm, lr):
    if step <= warm:
        return lr * (step + 1) / warm
    return lr / 2 * (1 + np.cos(np.pi * (step - warm) / (steps - warm)))
