# loses 10-precision-recall-tests: the same axis twice
# told: Both are recall

# %% grade_id="10-precision-recall"
def precision_recall(matrix):
    sums = matrix.sum(axis=1).clip(1)
    return np.diag(matrix) / np.array([sums, sums])
