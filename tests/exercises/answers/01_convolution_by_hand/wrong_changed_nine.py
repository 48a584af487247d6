# loses 01-changed-tests: as in the middle of the picture, whatever the kernel
# told: expected 6, got 9

# %% grade_id="01-changed"
def outputs_changed(shape, w, i, j):
    return 9
