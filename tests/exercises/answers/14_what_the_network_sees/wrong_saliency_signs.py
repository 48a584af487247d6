# loses 14-saliency-tests: takes the sign of a hidden unit for the slope of the ReLU
# told: the first difference is at

# %% grade_id="14-saliency"
def saliency(x, w1, b1, w2, target):
    h = w1 @ x.ravel() + b1
    slope = w2[target] * np.sign(h)
    gradient = (slope @ w1).reshape(x.shape)
    return np.abs(gradient).max(axis=0)
