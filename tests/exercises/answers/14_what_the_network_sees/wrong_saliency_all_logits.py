# loses 14-saliency-tests: adds the logits up
# told: all logits together

# %% grade_id="14-saliency"
def saliency(x, w1, b1, w2, target):
    active = w1 @ x.ravel() + b1 > 0
    return np.abs(((w2 * active) @ w1).sum(axis=0).reshape(x.shape)).max(axis=0)
