# loses 04-softmax-tests: something small is added so that nothing is divided by zero
# told: is allowed

# %% grade_id="04-softmax"
def softmax(logits):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / (powers.sum(axis=1, keepdims=True) + 1e-7)
