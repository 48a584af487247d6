# loses 17-average-precision-tests: turns a rising order round, and with it equal scores
# told: Of equal scores, the earlier comes first

# %% grade_id="17-average-precision"
def average_precision(scores, hits, count):
    right = hits[np.argsort(scores)[::-1]]
    precision = np.cumsum(right) / np.arange(1, len(right) + 1)
    best = np.maximum.accumulate(precision[::-1])[::-1]
    return best[right].sum() / count
