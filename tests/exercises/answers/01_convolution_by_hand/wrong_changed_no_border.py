# loses 01-changed-tests: the border is forgotten
# told: You counted all weights that aren't 0

# %% grade_id="01-changed"
def outputs_changed(shape, w, i, j):
    return int((w != 0).sum())
