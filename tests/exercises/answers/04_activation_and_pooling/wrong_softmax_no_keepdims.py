# loses 04-softmax-tests: the sum along the rows has lost its axis
# told: don't fit together

# %% grade_id="04-softmax"
def softmax(logits):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1)
