# loses 15-temperature-tests: one-hot labels as wide as the largest label
# told: two arrays were combined whose shapes

# %% grade_id="15-temperature"
def temperature(logits, y, candidates):
    losses = []
    for T in candidates:
        z = logits / T
        z = z - z.max(axis=1, keepdims=True)
        log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        hot = np.eye(y.max() + 1)[y]
        losses.append(-(hot * log_p).sum(axis=1).mean())
    best = np.argmin(losses)
    return np.array([candidates[best], losses[best]])
