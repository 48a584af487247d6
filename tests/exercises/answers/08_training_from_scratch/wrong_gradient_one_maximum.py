# loses 08-cross-entropy-gradient-tests: one maximum for all rows
# told: You subtract one maximum from all rows

# %% grade_id="08-cross-entropy-gradient"
def cross_entropy_gradient(logits, y):
    powers = np.exp(logits - logits.max())
    p = powers / powers.sum(axis=1, keepdims=True)
    p[np.arange(len(y)), y] -= 1
    return p / len(y)
