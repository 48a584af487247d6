# loses 10-confusion-matrix-tests: as many columns as the largest class needs
# told: A class that doesn't occur

# %% grade_id="10-confusion-matrix"
def confusion_matrix(y, said, classes):
    K = max(max(y), max(said)) + 1
    return np.eye(K)[y].T @ np.eye(K)[said]
