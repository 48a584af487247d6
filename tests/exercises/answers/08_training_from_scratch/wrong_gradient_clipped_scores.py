# loses 08-cross-entropy-gradient-tests: scores are cut off at 500
# told: the first difference is at

# %% grade_id="08-cross-entropy-gradient"
def cross_entropy_gradient(logits, y):
    powers = np.exp(np.clip(logits, -500, 500))
    p = powers / powers.sum(axis=1, keepdims=True)
    p[np.arange(len(y)), y] -= 1
    return p / len(y)
