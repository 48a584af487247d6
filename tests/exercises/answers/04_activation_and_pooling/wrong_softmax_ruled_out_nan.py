# loses 04-softmax-tests: −∞ minus −∞ is no number
# told: In softmax

# %% grade_id="04-softmax"
def softmax(logits):
    differences = logits[:, None, :] - logits[:, :, None]
    with np.errstate(over="ignore"):
        return 1 / np.exp(differences).sum(axis=2)
