# loses 04-softmax-tests: the lesson's function for one vector, applied to the table
# told: You divided by the sum over the whole table, and e^1000 overflows

# %% grade_id="04-softmax"
def softmax(logits):
    powers = np.exp(logits)
    return powers / powers.sum()
