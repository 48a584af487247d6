# loses 08-cross-entropy-gradient-tests: only the right class gets a gradient
# told: Only the right class gets a gradient

# %% grade_id="08-cross-entropy-gradient"
def cross_entropy_gradient(logits, y):
    out = np.zeros(logits.shape)
    for n, k in enumerate(y):
        powers = np.exp(logits[n] - logits[n].max())
        out[n, k] = (powers[k] / powers.sum() - 1) / len(y)
    return out
