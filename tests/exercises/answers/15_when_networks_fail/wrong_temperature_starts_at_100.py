# loses 15-temperature-tests: begins with a loss of 100
# told: stopped with

# %% grade_id="15-temperature"
def temperature(logits, y, candidates):
    best_loss = 100
    for T in candidates:
        z = logits / T
        z = z - z.max(axis=1, keepdims=True)
        loss = (np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(y)), y]).mean()
        if loss < best_loss:
            best, best_loss = T, loss
    return [best, best_loss]
