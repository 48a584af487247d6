# loses 08-rate-tests: the rates of all steps
# told: the answer has shape (10,), expected ()

# %% grade_id="08-rate"
def rate(step, steps, warm, lr):
    t = np.arange(steps)
    wave = lr / 2 * (1 + np.cos(np.pi * (t - warm) / (steps - warm)))
    return np.where(t < warm, lr * (t + 1) / max(warm, 1), wave)
