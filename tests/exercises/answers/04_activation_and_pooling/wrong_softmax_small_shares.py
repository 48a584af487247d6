# loses 04-softmax-tests: small shares are set to 0
# told: the first difference is at

# %% grade_id="04-softmax"
def softmax(logits):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares = powers / powers.sum(axis=1, keepdims=True)
    shares[shares < 1e-7] = 0
    return shares
