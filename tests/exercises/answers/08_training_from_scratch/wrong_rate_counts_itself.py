# loses 08-rate-tests: counts its calls instead of reading the step
# told: expected

# %% grade_id="08-rate"
calls = {}


def rate(step, steps, warm, lr):
    key = steps, warm, lr
    t = calls[key] = calls.get(key, -1) + 1
    if t < warm:
        return lr * (t + 1) / warm
    return lr / 2 * (1 + np.cos(np.pi * (t - warm) / (steps - warm)))
