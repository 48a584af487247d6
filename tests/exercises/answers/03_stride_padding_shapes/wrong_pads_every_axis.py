# loses 03-pad2d-tests: batch and channels are padded, too
# told: You padded the batch and the channels

# %% grade_id="03-pad2d"
def pad2d(x, padding):
    return np.pad(x, padding + padding)
