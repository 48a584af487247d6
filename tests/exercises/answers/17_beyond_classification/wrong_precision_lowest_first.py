# loses 17-average-precision-tests: begins with the lowest score
# told: You begin with the lowest score

# %% grade_id="17-average-precision"
def average_precision(scores, hits, count):
    right = hits[np.argsort(scores)]
    precision = np.cumsum(right) / np.arange(1, len(right) + 1)
    best = np.maximum.accumulate(precision[::-1])[::-1]
    return best[right].sum() / count
