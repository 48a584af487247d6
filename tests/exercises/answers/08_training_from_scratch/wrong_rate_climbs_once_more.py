# loses 08-rate-tests: `<=` for `<`
# told: Your climb goes on for a step too many

# %% grade_id="08-rate"
def rate(step, steps, warm, lr):
    if warm and step <= warm:
        return lr * (step + 1) / warm
    return lr / 2 * (1 + np.cos(np.pi * (step - warm) / (steps - warm)))
