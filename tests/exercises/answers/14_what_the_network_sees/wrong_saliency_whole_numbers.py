# loses 14-saliency-tests: collects the gradient in whole numbers where the weights are whole or the picture is
# told: the first difference is at

# %% grade_id="14-saliency"
def saliency(x, w1, b1, w2, target):
    gradient = np.zeros_like(x)
    h = w1 @ x.ravel() + b1
    for m in range(len(h)):
        if h[m] > 0:
            gradient = (gradient + w2[target, m] * w1[m].reshape(x.shape)).astype(x.dtype)
    return np.abs(gradient).max(axis=0)
