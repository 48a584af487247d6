# loses 17-average-precision-tests: the best precision of all
# told: yours is the best of all

# %% grade_id="17-average-precision"
def average_precision(scores, hits, count):
    right = hits[np.argsort(-scores, kind="stable")]
    precision = np.cumsum(right) / np.arange(1, len(right) + 1)
    best = np.maximum.accumulate(precision[::-1])[::-1]
    return precision.max(initial=0) * right.sum() / count
