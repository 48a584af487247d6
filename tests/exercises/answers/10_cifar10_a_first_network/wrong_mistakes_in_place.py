# loses 10-confident-mistakes-tests: subtracts in place
# told: changed what it was given

# %% grade_id="10-confident-mistakes"
def confident_mistakes(logits, y, count):
    logits -= logits.max(axis=1, keepdims=True)
    confidence = 1 / np.exp(logits).sum(axis=1)
    wrong = np.flatnonzero(logits.argmax(axis=1) != y)
    return wrong[np.argsort(-confidence[wrong], kind="stable")][:count]
