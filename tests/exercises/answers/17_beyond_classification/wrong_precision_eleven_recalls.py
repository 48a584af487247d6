# loses 17-average-precision-tests: the mean at eleven recalls
# told: mean at eleven recalls

# %% grade_id="17-average-precision"
def average_precision(scores, hits, count):
    right = hits[np.argsort(-scores, kind="stable")]
    precision = np.cumsum(right) / np.arange(1, len(right) + 1)
    best = np.maximum.accumulate(precision[::-1])[::-1]
    recall = np.cumsum(right) / count
    return np.mean([max(precision[recall >= r / 10], default=0) for r in range(11)])
