# loses 10-confusion-matrix-tests: classes counted from 1
# told: the first difference is at [0, 0]

# %% grade_id="10-confusion-matrix"
def confusion_matrix(y, said, classes):
    return np.array(
        [
            [np.sum((y == j) & (said == k)) for k in range(1, classes + 1)]
            for j in range(1, classes + 1)
        ]
    )
