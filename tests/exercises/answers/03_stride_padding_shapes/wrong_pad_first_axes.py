# loses 03-pad2d-tests: the first two axes are padded
# told: You padded the first two axes

# %% grade_id="03-pad2d"
def pad2d(x, padding):
    return np.pad(x, list(padding) + [(0, 0), (0, 0)])
