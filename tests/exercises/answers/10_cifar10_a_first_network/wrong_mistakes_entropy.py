# loses 10-confident-mistakes-tests: sorted by entropy
# told: the first difference is at

# %% grade_id="10-confident-mistakes"
def confident_mistakes(logits, y, count):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = powers / powers.sum(axis=1, keepdims=True)
    entropy = -(p * np.log(p + 1e-300)).sum(axis=1)
    wrong = np.flatnonzero(p.argmax(axis=1) != y)
    return wrong[np.argsort(entropy[wrong], kind="stable")][:count]
