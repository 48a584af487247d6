# loses 10-confident-mistakes-tests: the mean of each row taken off, not the largest
# told: the first difference is at

# %% grade_id="10-confident-mistakes"
def confident_mistakes(logits, y, count):
    with np.errstate(all="ignore"):
        powers = np.exp(logits - logits.mean(axis=1, keepdims=True))
        p = powers.max(axis=1) / powers.sum(axis=1)
    wrong = np.flatnonzero(logits.argmax(axis=1) != y)
    return wrong[np.argsort(-p[wrong], kind="stable")][:count]
