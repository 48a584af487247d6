# loses 04-softmax-tests: the first score is subtracted
# told: You subtracted the first score of each row

# %% grade_id="04-softmax"
def softmax(logits):
    powers = np.exp(logits - logits[:, :1])
    return powers / powers.sum(axis=1, keepdims=True)
