# loses 15-temperature-tests: one maximum for all rows
# told: You subtracted one number for all rows

# %% grade_id="15-temperature"
def temperature(logits, y, candidates):
    losses = []
    with np.errstate(all="ignore"):
        for T in candidates:
            z = (logits - logits.max()) / T
            log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
            losses.append(-log_p[np.arange(len(y)), y].mean())
    best = np.argmin(losses)
    return np.array([candidates[best], losses[best]])
