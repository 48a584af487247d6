# loses 08-rate-tests: no parentheses around 1 + cos
# told: Parentheses are missing, or in the wrong place

# %% grade_id="08-rate"
def rate(step, steps, warm, lr):
    if step < warm:
        return lr * (step + 1) / warm
    return lr / 2 * 1 + np.cos(np.pi * (step - warm) / (steps - warm))
