# loses 07b-gradients-of-tests: counts the ways
# told: The slopes are missing

# %% grade_id="07b-gradients-of"
def gradients_of(uses, slopes, count, result):
    order = []

    def visit(node):
        if node not in order:
            for made, maker in uses:
                if made == node:
                    visit(maker)
            order.append(node)

    visit(result)
    gradients = np.zeros(count)
    gradients[result] = 1
    for node in reversed(order):
        for (made, maker), slope in zip(uses, slopes, strict=True):
            if made == node:
                gradients[maker] += gradients[node]
    return gradients
