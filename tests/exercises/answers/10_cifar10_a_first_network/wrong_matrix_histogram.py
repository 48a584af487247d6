# loses 10-confusion-matrix-tests: bins from the smallest class to the largest that occurs
# told: the first difference is at

# %% grade_id="10-confusion-matrix"
def confusion_matrix(y, said, classes):
    return np.histogram2d(y, said, bins=classes)[0]
