# loses 08-rate-tests: the last step has a rate of 0
# told: The wave reaches 0 one step too early

# %% grade_id="08-rate"
def rate(step, steps, warm, lr):
    if step < warm:
        return lr * (step + 1) / warm
    return lr / 2 * (1 + np.cos(np.pi * (step - warm) / max(steps - warm - 1, 1)))
