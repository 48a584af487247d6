# loses 10-confusion-matrix-tests: += with lists of indices counts each pair once
# told: counted each pair only once

# %% grade_id="10-confusion-matrix"
def confusion_matrix(y, said, classes):
    matrix = np.zeros((classes, classes))
    matrix[y, said] += 1
    return matrix
