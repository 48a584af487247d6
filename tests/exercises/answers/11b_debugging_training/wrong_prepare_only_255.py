# loses 11b-prepare-tests: divides by 255 and no more
# told: normalised no further

# %% grade_id="11b-prepare"
def prepare(pictures, training):
    return (pictures / 255).transpose(0, 3, 1, 2)
