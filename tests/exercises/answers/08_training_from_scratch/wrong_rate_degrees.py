# loses 08-rate-tests: degrees for radians
# told: The cosine needs radians

# %% grade_id="08-rate"
def rate(step, steps, warm, lr):
    if step < warm:
        return lr * (step + 1) / warm
    return 0.5 * lr * (1 + np.cos(180 * (step - warm) / (steps - warm)))
