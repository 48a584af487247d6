# loses 14-saliency-tests: ignores the target
# told: the gradient of the first logit

# %% grade_id="14-saliency"
def saliency(x, w1, b1, w2, target):
    h = w1 @ x.ravel() + b1
    slope = w2[0] * (h > 0)
    gradient = (slope @ w1).reshape(x.shape)
    return np.abs(gradient).max(axis=0)
