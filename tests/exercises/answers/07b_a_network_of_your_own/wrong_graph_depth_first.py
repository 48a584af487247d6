# loses 07b-gradients-of-tests: numbers as they are first met, depth first
# told: depth first

# %% grade_id="07b-gradients-of"
def gradients_of(uses, slopes, count, result):
    order = []

    def visit(node):
        if node not in order:
            order.append(node)
            for made, maker in uses:
                if made == node:
                    visit(maker)

    visit(result)
    gradients = np.zeros(count)
    gradients[result] = 1
    for node in order:
        for (made, maker), slope in zip(uses, slopes, strict=True):
            if made == node:
                gradients[maker] += slope * gradients[node]
    return gradients
