# loses 08-cross-entropy-gradient-tests: subtracts the maximum from the scores it was given
# told: changed what it was given; work on a copy

# %% grade_id="08-cross-entropy-gradient"
def cross_entropy_gradient(logits, y):
    logits -= logits.max(axis=1, keepdims=True)
    p = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    p[np.arange(len(y)), y] -= 1
    return p / len(y)
