# loses 10-precision-recall-tests: divides by all pictures
# told: by the number of all pictures

# %% grade_id="10-precision-recall"
def precision_recall(matrix):
    return np.array([np.diag(matrix)] * 2) / matrix.sum()
