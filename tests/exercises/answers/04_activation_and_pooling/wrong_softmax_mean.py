# loses 04-softmax-tests: subtracts the mean in place of the largest score
# told: You subtracted the mean

# %% grade_id="04-softmax"
def softmax(logits):
    powers = np.exp(logits - logits.mean(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)
