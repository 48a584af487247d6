# loses 17-average-precision-tests: the precision at each hit, not the best from there on
# told: not the precision here

# %% grade_id="17-average-precision"
def average_precision(scores, hits, count):
    right = hits[np.argsort(-scores, kind="stable")]
    precision = np.cumsum(right) / np.arange(1, len(right) + 1)
    return precision[right].sum() / count
