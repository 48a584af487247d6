# loses 07b-gradients-of-tests: goes through the rows once
# told: from the first row to the last

# %% grade_id="07b-gradients-of"
def gradients_of(uses, slopes, count, result):
    gradients = np.zeros(count)
    gradients[result] = 1
    for (made, maker), slope in zip(uses, slopes):
        gradients[maker] += slope * gradients[made]
    return gradients
