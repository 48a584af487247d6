# loses 15-temperature-tests: the Brier score
# told: the Brier score: the cross-entropy is

# %% grade_id="15-temperature"
def temperature(logits, y, candidates):
    losses = []
    for T in candidates:
        z = logits / T
        z = z - z.max(axis=1, keepdims=True)
        log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        p, hot = np.exp(log_p), np.arange(logits.shape[1]) == y[:, None]
        losses.append(((p - hot) ** 2).sum(axis=1).mean())
    best = np.argmin(losses)
    return np.array([candidates[best], losses[best]])
