# loses 10-confident-mistakes-tests: the right answers
# told: These are the right answers

# %% grade_id="10-confident-mistakes"
def confident_mistakes(logits, y, count):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = powers / powers.sum(axis=1, keepdims=True)
    found = np.flatnonzero(p.argmax(axis=1) == y)
    return found[np.argsort(-p[found].max(axis=1), kind="stable")][:count]
