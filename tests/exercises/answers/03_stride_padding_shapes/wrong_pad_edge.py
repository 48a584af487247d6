# loses 03-pad2d-tests: the border repeats the edge
# told: The border repeats the picture's edge

# %% grade_id="03-pad2d"
def pad2d(x, padding):
    return np.pad(x, [(0, 0), (0, 0), *padding], mode="edge")
