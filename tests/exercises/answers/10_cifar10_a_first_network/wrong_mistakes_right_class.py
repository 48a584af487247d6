# loses 10-confident-mistakes-tests: sorted by the probability of the right class
# told: probability of the right class

# %% grade_id="10-confident-mistakes"
def confident_mistakes(logits, y, count):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = powers / powers.sum(axis=1, keepdims=True)
    wrong = np.flatnonzero(p.argmax(axis=1) != y)
    return wrong[np.argsort(p[wrong, y[wrong]], kind="stable")][:count]
