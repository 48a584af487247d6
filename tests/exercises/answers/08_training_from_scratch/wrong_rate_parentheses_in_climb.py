# loses 08-rate-tests: no parentheses around step + 1
# told: Parentheses are missing in the climb

# %% grade_id="08-rate"
def rate(step, steps, warm, lr):
    if step < warm:
        return lr * step + 1 / warm
    return lr / 2 * (1 + np.cos(np.pi * (step - warm) / (steps - warm)))
