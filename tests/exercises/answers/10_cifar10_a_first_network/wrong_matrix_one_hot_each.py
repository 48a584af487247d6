# loses 10-confusion-matrix-tests: as many columns as each list needs
# told: the answer has shape

# %% grade_id="10-confusion-matrix"
def confusion_matrix(y, said, classes):
    return np.eye(y.max() + 1)[y].T @ np.eye(said.max() + 1)[said]
