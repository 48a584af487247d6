# loses 04-softmax-tests: the largest of each column
# told: the largest score of each column

# %% grade_id="04-softmax"
def softmax(logits):
    powers = np.exp(logits - logits.max(0))
    return powers / powers.sum(1, keepdims=True)
