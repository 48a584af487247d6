# loses 10-precision-recall-tests: precision along the row
# told: Precision and recall are swapped

# %% grade_id="10-precision-recall"
def precision_recall(matrix):
    right = np.diag(matrix)
    columns, rows = np.maximum(matrix.sum(axis=0), 1), np.maximum(matrix.sum(axis=1), 1)
    return np.array([right / rows, right / columns])
