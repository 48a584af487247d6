# loses 08-cross-entropy-gradient-tests: the maximum of each column
# told: You subtract the largest score of each column

# %% grade_id="08-cross-entropy-gradient"
def cross_entropy_gradient(logits, y):
    powers = np.exp(logits - logits.max(axis=0))
    p = powers / powers.sum(axis=1)[:, None]
    return (p - np.eye(logits.shape[1])[y]) / len(y)
