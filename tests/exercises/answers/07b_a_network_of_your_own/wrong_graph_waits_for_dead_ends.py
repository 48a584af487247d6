# loses 07b-gradients-of-tests: waits for uses that lead nowhere
# told: You wait for uses that don't lead to the result

# %% grade_id="07b-gradients-of"
def gradients_of(uses, slopes, count, result):
    gradients = np.zeros(count)
    gradients[result] = 1
    left = np.bincount(uses[:, 1], minlength=count)
    ready = [result]
    while ready:
        node = ready.pop()
        for i in np.flatnonzero(uses[:, 0] == node):
            maker = uses[i, 1]
            gradients[maker] += slopes[i] * gradients[node]
            left[maker] -= 1
            if left[maker] == 0:
                ready.append(maker)
    return gradients
