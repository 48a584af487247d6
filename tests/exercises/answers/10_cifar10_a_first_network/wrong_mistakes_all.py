# loses 10-confident-mistakes-tests: count is forgotten
# told: no more than `count`

# %% grade_id="10-confident-mistakes"
def confident_mistakes(logits, y, count):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = powers / powers.sum(axis=1, keepdims=True)
    wrong = np.flatnonzero(p.argmax(axis=1) != y)
    return wrong[np.argsort(-p[wrong].max(axis=1), kind="stable")]
