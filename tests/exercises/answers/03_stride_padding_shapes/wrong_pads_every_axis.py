# loses 03-pad2d-tests: batch and channels are padded, too

# %% grade_id="03-pad2d"
def pad2d(x, padding):
    return np.pad(x, padding + padding)
