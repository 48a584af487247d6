# loses 04-softmax-tests: the smallest score is subtracted
# told: You subtracted the smallest score of each row

# %% grade_id="04-softmax"
def softmax(logits):
    powers = np.exp(logits - logits.min(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)
