# loses 10-confusion-matrix-tests: no row for a class that doesn't occur
# told: A class that doesn't occur

# %% grade_id="10-confusion-matrix"
def confusion_matrix(y, said, classes):
    present = np.union1d(y, said)
    return np.array([[np.sum((y == j) & (said == k)) for k in present] for j in present])
