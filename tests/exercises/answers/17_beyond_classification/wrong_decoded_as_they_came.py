# loses 17-decoded-tests: unchanged
# told: You returned the boxes as they came

# %% grade_id="17-decoded"
def decoded(theirs, known):
    return theirs.copy()
