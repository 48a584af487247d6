# loses 04-softmax-tests: the scores that were given are changed
# told: changed what it was given

# %% grade_id="04-softmax"
def softmax(logits):
    logits -= logits.max(axis=1, keepdims=True)
    powers = np.exp(logits)
    return powers / powers.sum(axis=1, keepdims=True)
