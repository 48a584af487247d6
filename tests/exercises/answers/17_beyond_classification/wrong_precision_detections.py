# loses 17-average-precision-tests: divides by the number of detections
# told: not by that of the detections

# %% grade_id="17-average-precision"
def average_precision(scores, hits, count):
    right = hits[np.argsort(-scores, kind="stable")]
    precision = np.cumsum(right) / np.arange(1, len(right) + 1)
    best = np.maximum.accumulate(precision[::-1])[::-1]
    return best[right].sum() / len(right) if len(right) else 0
