# loses 07b-gradients-of-tests: goes through the rows once, from the end
# told: from the last row to the first

# %% grade_id="07b-gradients-of"
def gradients_of(uses, slopes, count, result):
    gradients = np.zeros(count)
    gradients[result] = 1
    for i in reversed(range(len(slopes))):
        gradients[uses[i, 1]] += slopes[i] * gradients[uses[i, 0]]
    return gradients
