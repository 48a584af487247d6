# loses 08-cross-entropy-gradient-tests: the logarithm of p
# told: You subtract t from log p

# %% grade_id="08-cross-entropy-gradient"
def cross_entropy_gradient(logits, y):
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    log_p[np.arange(len(y)), y] -= 1
    return log_p / len(y)
