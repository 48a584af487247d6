# loses 17-average-precision-tests: takes for granted that there is a hit
# told: stopped with

# %% grade_id="17-average-precision"
def average_precision(scores, hits, count):
    right = hits[np.argsort(-scores, kind="stable")]
    precision = np.cumsum(right) / np.arange(1, len(right) + 1)
    last = np.flatnonzero(right)[-1]
    return sum(precision[n:].max() for n in range(last + 1) if right[n]) / count
