# loses 07b-gradients-of-tests: keeps the first share
# told: You keep the first share

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
            if made == node and not gradients[maker]:
                gradients[maker] += slope * gradients[node]
    return gradients
