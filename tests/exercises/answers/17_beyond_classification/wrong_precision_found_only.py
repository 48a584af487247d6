# loses 17-average-precision-tests: objects never found don't count
# told: those never found count, too

# %% grade_id="17-average-precision"
def average_precision(scores, hits, count):
    right = hits[np.argsort(-scores, kind="stable")]
    precision = np.cumsum(right) / np.arange(1, len(right) + 1)
    best = np.maximum.accumulate(precision[::-1])[::-1]
    return best[right].mean() if right.any() else 0
