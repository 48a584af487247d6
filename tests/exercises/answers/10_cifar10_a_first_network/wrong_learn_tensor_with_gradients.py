# loses 10-learn-tests: a tensor that still holds gradients
# told: return `….detach()`
# %% grade_id="10-learn"
def learn(x, y, new):
    weights = torch.ones(len(new), requires_grad=True)
    return 2 * weights
