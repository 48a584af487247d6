# loses 08-cross-entropy-gradient-tests: scores of 1000 overflow
# told: It overflows: e^1000 is too large for a float.

# %% grade_id="08-cross-entropy-gradient"
def cross_entropy_gradient(logits, y):
    p = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    p[np.arange(len(y)), y] -= 1
    return p / len(y)
