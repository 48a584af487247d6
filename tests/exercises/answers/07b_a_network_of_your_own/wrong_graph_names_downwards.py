# loses 07b-gradients-of-tests: takes the names for the order of making
# told: You go from the highest number down

# %% grade_id="07b-gradients-of"
def gradients_of(uses, slopes, count, result):
    gradients = np.zeros(count)
    gradients[result] = 1
    for node in range(result, -1, -1):
        for i in range(len(uses)):
            if uses[i, 0] == node:
                gradients[uses[i, 1]] += slopes[i] * gradients[node]
    return gradients
