# loses 04-softmax-tests: the logistic function
# told: depends on its own score alone

# %% grade_id="04-softmax"
def softmax(logits):
    return 1 / (1 + np.exp(-logits))
