# loses 15-temperature-tests: the network's own answers as labels
# told: You used the network's own answers as labels.

# %% grade_id="15-temperature"
def temperature(logits, y, candidates):
    losses = []
    for T in candidates:
        z = logits / T
        z = z - z.max(axis=1, keepdims=True)
        log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        losses.append(-log_p.max(axis=1).mean())
    best = np.argmin(losses)
    return np.array([candidates[best], losses[best]])
