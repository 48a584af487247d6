# loses 10-precision-recall-tests: a matrix of whole numbers holds the shares
# told: cut to whole numbers

# %% grade_id="10-precision-recall"
def precision_recall(matrix):
    out = np.zeros((2, len(matrix)), dtype=matrix.dtype)
    for k in range(len(matrix)):
        if matrix[:, k].sum():
            out[0, k] = matrix[k, k] / matrix[:, k].sum()
        if matrix[k].sum():
            out[1, k] = matrix[k, k] / matrix[k].sum()
    return out
