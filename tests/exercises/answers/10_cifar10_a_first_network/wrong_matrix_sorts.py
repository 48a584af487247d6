# loses 10-confusion-matrix-tests: sorts what it was given
# told: changed what it was given

# %% grade_id="10-confusion-matrix"
def confusion_matrix(y, said, classes):
    y.sort()
    said.sort()
    matrix = np.zeros((classes, classes))
    np.add.at(matrix, (y, said), 1)
    return matrix
