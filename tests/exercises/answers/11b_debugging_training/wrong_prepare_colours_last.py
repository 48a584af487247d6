# loses 11b-prepare-tests: leaves the colours last
# told: still come last

# %% grade_id="11b-prepare"
def prepare(pictures, training):
    mean, std = training.mean(axis=(0, 1, 2)), training.std(axis=(0, 1, 2))
    return (pictures - mean) / std
