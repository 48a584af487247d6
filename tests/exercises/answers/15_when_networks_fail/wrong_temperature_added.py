# loses 15-temperature-tests: adds 1e-12 before the logarithm
# told: You kept the probabilities away from 0

# %% grade_id="15-temperature"
def temperature(logits, y, candidates):
    losses = []
    for T in candidates:
        z = logits / T
        z = z - z.max(axis=1, keepdims=True)
        log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        p = np.exp(log_p[np.arange(len(y)), y])
        losses.append(-np.log(p + 1e-12).mean())
    best = np.argmin(losses)
    return np.array([candidates[best], losses[best]])
