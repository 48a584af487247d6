# loses 10-confusion-matrix-tests: counts in bytes, which end at 255
# told: the first difference is at [0, 0]: expected 300, got 44

# %% grade_id="10-confusion-matrix"
def confusion_matrix(y, said, classes):
    matrix = np.zeros((classes, classes), dtype=np.uint8)
    np.add.at(matrix, (y, said), 1)
    return matrix
