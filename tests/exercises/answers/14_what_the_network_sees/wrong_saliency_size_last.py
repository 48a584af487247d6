# loses 14-saliency-tests: takes the largest channel before the size
# told: Take the size of the gradient before

# %% grade_id="14-saliency"
def saliency(x, w1, b1, w2, target):
    active = w1 @ x.reshape(-1) + b1 > 0
    return np.abs((w2[target, active] @ w1[active]).reshape(x.shape).max(axis=0))
