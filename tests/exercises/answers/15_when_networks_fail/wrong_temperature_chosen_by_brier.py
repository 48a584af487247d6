# loses 15-temperature-tests: chooses by the Brier score, gives the cross-entropy
# told: choose by the cross-entropy

# %% grade_id="15-temperature"
def temperature(logits, y, candidates):
    losses = []
    for T in candidates:
        z = logits / T
        z = z - z.max(axis=1, keepdims=True)
        log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        hot = np.arange(logits.shape[1]) == y[:, None]
        losses.append((((np.exp(log_p) - hot) ** 2).sum(), -log_p[hot].mean()))
    best = min(range(len(losses)), key=lambda k: losses[k][0])
    return np.array([candidates[best], losses[best][1]])
