# loses 03-pad2d-tests: the pairs are exchanged
# told: Rows and columns are swapped: first comes

# %% grade_id="03-pad2d"
def pad2d(x, padding):
    return np.pad(x, ((0, 0), (0, 0), padding[1], padding[0]))
