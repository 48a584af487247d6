# loses 04-softmax-tests: −∞ replaced by a small score
# told: the first difference is at

# %% grade_id="04-softmax"
def softmax(logits):
    logits = np.where(np.isinf(logits), -10.0, logits)
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)
