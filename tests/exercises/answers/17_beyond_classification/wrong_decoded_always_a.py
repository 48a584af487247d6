# loses 17-decoded-tests: takes all for a
# told: You read every file as convention a

# %% grade_id="17-decoded"
def decoded(theirs, known):
    return np.concatenate([theirs[:, :2], theirs[:, :2] + theirs[:, 2:]], axis=1)
