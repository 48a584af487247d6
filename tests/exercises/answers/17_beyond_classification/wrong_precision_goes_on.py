# loses 17-average-precision-tests: goes on with the last precision up to recall 1
# told: Beyond the last recall

# %% grade_id="17-average-precision"
def average_precision(scores, hits, count):
    right = hits[np.argsort(-scores, kind="stable")]
    if not right.any():
        return 0
    precision = np.cumsum(right) / np.arange(1, len(right) + 1)
    recall = np.concatenate([[0], np.cumsum(right) / count, [1]])
    best = np.maximum.accumulate(np.append(precision, precision[-1])[::-1])[::-1]
    return np.sum(np.diff(recall) * best)
