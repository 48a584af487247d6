# loses 10-confident-mistakes-tests: places among the wrong ones
# told: places among the mistakes

# %% grade_id="10-confident-mistakes"
def confident_mistakes(logits, y, count):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = powers / powers.sum(axis=1, keepdims=True)
    p = p[p.argmax(axis=1) != y]
    return np.argsort(-p.max(axis=1), kind="stable")[:count]
