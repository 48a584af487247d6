# loses 08-cross-entropy-gradient-tests: `p[:, y]` takes whole columns, not one number per picture
# told: `p[:, y]` takes whole columns

# %% grade_id="08-cross-entropy-gradient"
def cross_entropy_gradient(logits, y):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = powers / powers.sum(axis=1, keepdims=True)
    p[:, y] -= 1
    return p / len(y)
