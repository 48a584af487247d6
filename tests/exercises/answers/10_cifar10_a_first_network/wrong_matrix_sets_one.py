# loses 10-confusion-matrix-tests: sets a 1 in place of adding it
# told: counted each pair only once

# %% grade_id="10-confusion-matrix"
def confusion_matrix(y, said, classes):
    matrix = np.zeros((classes, classes), dtype=int)
    for j, k in zip(y, said):
        matrix[j, k] = 1
    return matrix
