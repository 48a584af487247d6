# loses 17-average-precision-tests: sorts pairs of score and hit, so that hits come first
# told: Sort by the score alone

# %% grade_id="17-average-precision"
def average_precision(scores, hits, count):
    pairs = sorted(zip(scores, hits), reverse=True)
    right = np.array([hit for _, hit in pairs], dtype=bool)
    precision = np.cumsum(right) / np.arange(1, len(right) + 1)
    return sum(precision[n:].max() for n in range(len(right)) if right[n]) / count
