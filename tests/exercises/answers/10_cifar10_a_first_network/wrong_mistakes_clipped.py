# loses 10-confident-mistakes-tests: scores clipped so that nothing overflows
# told: the first difference is at

# %% grade_id="10-confident-mistakes"
def confident_mistakes(logits, y, count):
    powers = np.exp(np.clip(logits, -500, 500))
    confidence = powers.max(axis=1) / powers.sum(axis=1)
    wrong = np.flatnonzero(logits.argmax(axis=1) != y)
    return wrong[np.argsort(-confidence[wrong], kind="stable")][:count]
