# loses 14-saliency-tests: takes what is nearly 0 for 0
# told: the first difference is at

# %% grade_id="14-saliency"
def saliency(x, w1, b1, w2, target):
    h = w1 @ x.ravel() + b1
    slope = w2[target] * (h > 1e-8)
    gradient = (slope @ w1).reshape(x.shape)
    return np.abs(gradient).max(axis=0)
