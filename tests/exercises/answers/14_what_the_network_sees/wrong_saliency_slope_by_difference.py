# loses 14-saliency-tests: takes a difference quotient
# told: the first difference is at

# %% grade_id="14-saliency"
def saliency(x, w1, b1, w2, target, step=1e-5):
    def logit(values):
        return w2[target] @ np.maximum(w1 @ values + b1, 0)

    base = x.ravel().astype(float)
    out = np.zeros(base.size)
    for p in range(base.size):
        moved = base.copy()
        moved[p] += step
        out[p] = abs(logit(moved) - logit(base)) / step
    return out.reshape(x.shape).max(axis=0)
