# loses 15-temperature-tests: multiplies by T
# told: You multiplied by T

# %% grade_id="15-temperature"
def temperature(logits, y, candidates):
    losses = []
    for T in candidates:
        z = logits * T
        z = z - z.max(axis=1, keepdims=True)
        log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        losses.append(-log_p[np.arange(len(y)), y].mean())
    best = np.argmin(losses)
    return np.array([candidates[best], losses[best]])
