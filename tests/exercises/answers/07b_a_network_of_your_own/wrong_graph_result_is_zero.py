# loses 07b-gradients-of-tests: the gradient of the result is left at 0
# told: with respect to itself is 1

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
    for node in reversed(order):
        for (made, maker), slope in zip(uses, slopes, strict=True):
            if made == node:
                gradients[maker] += slope * gradients[node]
    return gradients
