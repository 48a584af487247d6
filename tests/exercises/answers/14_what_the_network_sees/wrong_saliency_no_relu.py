# loses 14-saliency-tests: multiplies the weights as if there were no ReLU
# told: The ReLU is missing

# %% grade_id="14-saliency"
def saliency(x, w1, b1, w2, target):
    return abs((w2 @ w1)[target].reshape(x.shape)).max(axis=0)
