# loses 17-average-precision-tests: takes the detections as they come
# told: Sort by falling score first

# %% grade_id="17-average-precision"
def average_precision(scores, hits, count):
    precision = np.cumsum(hits) / np.arange(1, len(hits) + 1)
    best = np.maximum.accumulate(precision[::-1])[::-1]
    return best[hits].sum() / count
