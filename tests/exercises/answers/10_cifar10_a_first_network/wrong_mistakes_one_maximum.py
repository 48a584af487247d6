# loses 10-confident-mistakes-tests: one maximum for all rows
# told: The softmax overflows

# %% grade_id="10-confident-mistakes"
def confident_mistakes(logits, y, count):
    with np.errstate(all="ignore"):
        powers = np.exp(logits - logits.max())
        p = powers / powers.sum(axis=1, keepdims=True)
    wrong = np.flatnonzero(logits.argmax(axis=1) != y)
    return wrong[np.argsort(-p[wrong].max(axis=1), kind="stable")][:count]
