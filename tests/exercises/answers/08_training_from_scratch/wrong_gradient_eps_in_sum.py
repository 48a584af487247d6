# loses 08-cross-entropy-gradient-tests: a small number is added to the sum
# told: apart, and at most

# %% grade_id="08-cross-entropy-gradient"
def cross_entropy_gradient(logits, y):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = powers / (powers.sum(axis=1, keepdims=True) + 1e-8)
    p[np.arange(len(y)), y] -= 1
    return p / len(y)
