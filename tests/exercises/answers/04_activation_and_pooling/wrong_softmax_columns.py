# loses 04-softmax-tests: the columns add up to 1, not the rows
# told: The shares add up to 1 down the columns

# %% grade_id="04-softmax"
def softmax(logits):
    powers = np.exp(logits - logits.max(axis=0))
    return powers / powers.sum(axis=0)
