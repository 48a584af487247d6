# loses 14-saliency-tests: cuts negative slopes off
# told: Take the size of the gradient before

# %% grade_id="14-saliency"
def saliency(x, w1, b1, w2, target):
    h = w1 @ x.ravel() + b1
    slope = w2[target] * (h > 0)
    gradient = (slope @ w1).reshape(x.shape)
    return np.maximum(gradient, 0).max(axis=0)
