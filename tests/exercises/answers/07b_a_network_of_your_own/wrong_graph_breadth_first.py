# loses 07b-gradients-of-tests: a queue in which each number stands once
# told: the nearest first

# %% grade_id="07b-gradients-of"
def gradients_of(uses, slopes, count, result):
    gradients, queue, seen = np.zeros(count), [result], {result}
    gradients[result] = 1
    while queue:
        node = queue.pop(0)
        for (made, maker), slope in zip(uses.tolist(), slopes):
            if made == node:
                gradients[maker] += slope * gradients[node]
                if maker not in seen:
                    seen.add(maker)
                    queue.append(maker)
    return gradients
