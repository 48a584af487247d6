# loses 10-confusion-matrix-tests: rows are what was said
# told: Rows and columns are swapped

# %% grade_id="10-confusion-matrix"
def confusion_matrix(y, said, classes):
    matrix = np.zeros((classes, classes))
    for right, answer in zip(y, said):
        matrix[answer, right] += 1
    return matrix
