# loses 07b-gradients-of-tests: passes on in the recursion, each number once
# told: depth first

# %% grade_id="07b-gradients-of"
def gradients_of(uses, slopes, count, result):
    gradients, seen = np.zeros(count), set()
    gradients[result] = 1

    def back(node):
        seen.add(node)
        rows = [i for i in range(len(uses)) if uses[i][0] == node]
        for i in rows:
            gradients[uses[i][1]] += gradients[node] * slopes[i]
        for i in rows:
            if uses[i][1] not in seen:
                back(uses[i][1])

    back(result)
    return gradients
