# loses 17-decoded-tests: takes all for b
# told: You read every file as convention b

# %% grade_id="17-decoded"
def decoded(theirs, known):
    half = theirs[:, 2:] / 2
    return np.hstack([theirs[:, :2] - half, theirs[:, :2] + half])
