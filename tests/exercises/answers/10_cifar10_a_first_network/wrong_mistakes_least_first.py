# loses 10-confident-mistakes-tests: the least confident first
# told: The order is reversed

# %% grade_id="10-confident-mistakes"
def confident_mistakes(logits, y, count):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = powers / powers.sum(axis=1, keepdims=True)
    wrong = np.flatnonzero(p.argmax(axis=1) != y)
    return wrong[np.argsort(p[wrong].max(axis=1), kind="stable")][:count]
