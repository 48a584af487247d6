# loses 17-average-precision-tests: the best precision up to here
# told: yours is the best so far

# %% grade_id="17-average-precision"
def average_precision(scores, hits, count):
    right = hits[np.argsort(-scores, kind="stable")]
    precision = np.cumsum(right) / np.arange(1, len(right) + 1)
    best = np.maximum.accumulate(precision[::-1])[::-1]
    return np.maximum.accumulate(precision)[right].sum() / count
