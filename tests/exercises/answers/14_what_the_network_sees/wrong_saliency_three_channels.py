# loses 14-saliency-tests: looks at three channels, as if every picture had colours
# told: the first difference is at

# %% grade_id="14-saliency"
def saliency(x, w1, b1, w2, target):
    h = w1 @ x.ravel() + b1
    slope = w2[target] * (h > 0)
    gradient = (slope @ w1).reshape(x.shape)
    return np.abs(gradient[:3]).max(axis=0)
