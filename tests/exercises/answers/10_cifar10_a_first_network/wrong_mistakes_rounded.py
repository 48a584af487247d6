# loses 10-confident-mistakes-tests: probabilities rounded to two digits
# told: the first difference is at

# %% grade_id="10-confident-mistakes"
def confident_mistakes(logits, y, count):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = powers / powers.sum(axis=1, keepdims=True)
    confidence = p.max(axis=1).round(1)
    wrong = np.flatnonzero(p.argmax(axis=1) != y)
    return wrong[np.argsort(-confidence[wrong], kind="stable")][:count]
