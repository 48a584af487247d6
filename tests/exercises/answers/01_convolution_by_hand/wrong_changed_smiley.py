# loses 01-changed-tests: the size of the smiley is written into the code
# told: outputs_changed(

# %% grade_id="01-changed"
def outputs_changed(shape, w, i, j):
    KH, KW = w.shape
    return np.count_nonzero(w[max(0, i - (8 - KH)) : i + 1, max(0, j - (8 - KW)) : j + 1])
