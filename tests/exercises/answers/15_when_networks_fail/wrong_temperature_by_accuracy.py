# loses 15-temperature-tests: chooses by accuracy, which no temperature changes
# told: the first difference is at [0]

# %% grade_id="15-temperature"
def temperature(logits, y, candidates):
    losses, accuracies = [], []
    for T in candidates:
        z = logits / T - (logits / T).max(axis=1, keepdims=True)
        log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        losses.append(-log_p[np.arange(len(y)), y].mean())
        accuracies.append((log_p.argmax(axis=1) == y).mean())
    best = np.argmax(accuracies)
    return np.array([candidates[best], losses[best]])
