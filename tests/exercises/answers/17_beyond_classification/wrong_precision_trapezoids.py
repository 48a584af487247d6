# loses 17-average-precision-tests: the area by trapezoids
# told: area by trapezoids

# %% grade_id="17-average-precision"
def average_precision(scores, hits, count):
    right = hits[np.argsort(-scores, kind="stable")]
    precision = np.cumsum(right) / np.arange(1, len(right) + 1)
    best = np.maximum.accumulate(precision[::-1])[::-1]
    return np.trapezoid(precision, np.cumsum(right) / count) if len(right) else 0
