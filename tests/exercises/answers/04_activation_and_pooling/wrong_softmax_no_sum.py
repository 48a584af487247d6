# loses 04-softmax-tests: the powers are not divided by their sum
# told: The sum is missing

# %% grade_id="04-softmax"
def softmax(logits):
    return np.exp(logits - logits.max(axis=1, keepdims=True))
