# loses 14-saliency-tests: takes the channels for the last axis
# told: reshape to (C, H, W)

# %% grade_id="14-saliency"
def saliency(x, w1, b1, w2, target):
    active = w1 @ x.ravel() + b1 > 0
    C, H, W = x.shape
    gradient = ((w2[target] * active) @ w1).reshape(H, W, C)
    return np.abs(gradient).max(axis=-1)
