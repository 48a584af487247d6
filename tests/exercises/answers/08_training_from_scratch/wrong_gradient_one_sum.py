# loses 08-cross-entropy-gradient-tests: one sum for all rows
# told: Your probabilities add up to 1 over all pictures

# %% grade_id="08-cross-entropy-gradient"
def cross_entropy_gradient(logits, y):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = powers / powers.sum()
    p[np.arange(len(y)), y] -= 1
    return p / len(y)
