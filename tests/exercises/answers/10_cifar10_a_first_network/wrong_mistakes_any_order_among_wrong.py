# loses 10-confident-mistakes-tests: a sort of the wrong ones that isn't stable
# told: any order

# %% grade_id="10-confident-mistakes"
def confident_mistakes(logits, y, count):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = powers / powers.sum(axis=1, keepdims=True)
    wrong = np.flatnonzero(p.argmax(axis=1) != y)
    return wrong[np.argsort(-p[wrong].max(axis=1))[:count]]
