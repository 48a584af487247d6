# loses 04-softmax-tests: the powers of −a
# told: The sign is wrong

# %% grade_id="04-softmax"
def softmax(logits):
    powers = np.exp(logits.min(axis=1, keepdims=True) - logits)
    return powers / powers.sum(axis=1, keepdims=True)
