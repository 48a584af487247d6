# loses 10-precision-recall-tests: a small number against 0 / 0 is too large
# told: at most

# %% grade_id="10-precision-recall"
def precision_recall(matrix):
    right = np.diag(matrix)
    return np.array([right / (matrix.sum(axis=0) + 1e-7), right / (matrix.sum(axis=1) + 1e-7)])
