# loses 11b-prepare-tests: has a mean for each pixel
# told: all pixels of a colour

# %% grade_id="11b-prepare"
def prepare(pictures, training):
    mean, std = training.mean(axis=0), training.std(axis=0) + 1e-12
    x = (pictures - mean) / std
    return x.transpose(0, 3, 1, 2)
