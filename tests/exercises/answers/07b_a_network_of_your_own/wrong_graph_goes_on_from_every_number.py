# loses 07b-gradients-of-tests: starts at every number that nothing was made from
# told: the first difference is at

# %% grade_id="07b-gradients-of"
def gradients_of(uses, slopes, count, result):
    order = []

    def visit(node):
        if node not in order:
            for made, maker in uses:
                if made == node:
                    visit(maker)
            order.append(node)

    for node in range(count):
        if node not in uses[:, 1]:
            visit(node)
    gradients = np.zeros(count)
    gradients[[k for k in range(count) if k not in uses[:, 1]]] = 1
    for node in reversed(order):
        for (made, maker), slope in zip(uses, slopes, strict=True):
            if made == node:
                gradients[maker] += slope * gradients[node]
    return gradients
