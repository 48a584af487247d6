# loses 14-saliency-tests: drops what is negative on the way back
# told: That is guided back-propagation

# %% grade_id="14-saliency"
def saliency(x, w1, b1, w2, target):
    h = w1 @ x.ravel() + b1
    slope = np.maximum(w2[target], 0) * (h > 0)
    gradient = (slope @ w1).reshape(x.shape)
    return np.abs(gradient).max(axis=0)
