# loses 10-confusion-matrix-tests: the right answers alone
# told: the right answers alone

# %% grade_id="10-confusion-matrix"
def confusion_matrix(y, said, classes):
    return np.diag([np.sum((y == k) & (said == k)) for k in range(classes)])
