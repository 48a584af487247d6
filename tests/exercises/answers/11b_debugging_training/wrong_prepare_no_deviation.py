# loses 11b-prepare-tests: doesn't divide by the deviation
# told: don't divide by the standard deviation

# %% grade_id="11b-prepare"
def prepare(pictures, training):
    mean = training.mean(axis=(0, 1, 2)) / 255
    return (pictures / 255 - mean).transpose(0, 3, 1, 2)
