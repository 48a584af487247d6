# loses 04-softmax-tests: one maximum for the whole table, so that rows far below it vanish
# told: largest score of the whole table

# %% grade_id="04-softmax"
def softmax(logits):
    powers = np.exp(logits - logits.max())
    return powers / powers.sum(axis=1, keepdims=True)
