# loses 10-confusion-matrix-tests: bincount ends with the last pair that occurs
# told: 5 numbers don't fill shape (3,3)

# %% grade_id="10-confusion-matrix"
def confusion_matrix(y, said, classes):
    return np.bincount(classes * y + said).reshape(classes, classes)
