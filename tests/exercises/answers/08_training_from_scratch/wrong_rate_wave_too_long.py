# loses 08-rate-tests: the wave is counted over all steps
# told: The cosine begins after the climb

# %% grade_id="08-rate"
def rate(step, steps, warm, lr):
    if step < warm:
        return lr * (step + 1) / warm
    return lr / 2 * (1 + np.cos(np.pi * step / steps))
