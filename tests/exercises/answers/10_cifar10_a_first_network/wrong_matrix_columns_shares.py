# loses 10-confusion-matrix-tests: shares of each answer
# told: shares of each column

# %% grade_id="10-confusion-matrix"
def confusion_matrix(y, said, classes):
    matrix = np.zeros((classes, classes))
    np.add.at(matrix, (y, said), 1)
    with np.errstate(all="ignore"):
        return matrix / matrix.sum(axis=0)
