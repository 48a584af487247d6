# loses 15-temperature-tests: an array that takes the dtype of the candidates
# told: Your result was cut to whole numbers

# %% grade_id="15-temperature"
def temperature(logits, y, candidates):
    losses = []
    for T in candidates:
        z = logits / T
        z = z - z.max(axis=1, keepdims=True)
        log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        losses.append(-log_p[np.arange(len(y)), y].mean())
    best = np.argmin(losses)
    out = np.zeros(2, dtype=candidates.dtype)
    out[0], out[1] = candidates[best], losses[best]
    return out
