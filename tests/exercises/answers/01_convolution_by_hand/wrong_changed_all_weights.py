# loses 01-changed-tests: each weight meets each pixel
# told: Some are 0, and near a border some never meet the pixel

# %% grade_id="01-changed"
def outputs_changed(shape, w, i, j):
    return w.size
