# loses 10-precision-recall-tests: // in place of /
# told: cut to whole numbers

# %% grade_id="10-precision-recall"
def precision_recall(matrix):
    right = np.diag(matrix)
    return np.array([right // matrix.sum(axis=0).clip(1), right // matrix.sum(axis=1).clip(1)])
