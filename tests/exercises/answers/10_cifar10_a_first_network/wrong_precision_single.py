# loses 10-precision-recall-tests: single precision
# told: at most

# %% grade_id="10-precision-recall"
def precision_recall(matrix):
    matrix = matrix.astype(np.float32)
    sums = np.maximum([matrix.sum(axis=0), matrix.sum(axis=1)], 1)
    return np.diag(matrix) / sums
