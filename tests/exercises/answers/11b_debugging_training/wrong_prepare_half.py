# loses 11b-prepare-tests: puts the mean into the new unit and forgets the deviation
# told: first difference

# %% grade_id="11b-prepare"
def prepare(pictures, training):
    mean, std = training.mean(axis=(0, 1, 2)) / 255, training.std(axis=(0, 1, 2))
    x = (pictures / 255 - mean) / std
    return x.transpose(0, 3, 1, 2)
