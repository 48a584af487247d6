# loses 10-confident-mistakes-tests: the highest score is taken for confidence
# told: Scores are not probabilities

# %% grade_id="10-confident-mistakes"
def confident_mistakes(logits, y, count):
    wrong = np.flatnonzero(logits.argmax(axis=1) != y)
    return wrong[np.argsort(-logits[wrong].max(axis=1), kind="stable")][:count]
