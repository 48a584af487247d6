# loses 10-confident-mistakes-tests: sorted by the lead over the second class
# told: lead over the second class

# %% grade_id="10-confident-mistakes"
def confident_mistakes(logits, y, count):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = powers / powers.sum(axis=1, keepdims=True)
    second, first = np.sort(p, axis=1)[:, -2:].T
    wrong = np.flatnonzero(p.argmax(axis=1) != y)
    return wrong[np.argsort((second - first)[wrong], kind="stable")][:count]
