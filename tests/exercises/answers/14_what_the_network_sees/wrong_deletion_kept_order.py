# loses 14-deletion-tests: keeps the order of a map of this shape
# told: the first difference is at

# %% grade_id="14-deletion"
orders = {}

def deletion(x, heat, counts, fill):
    if heat.shape not in orders:
        orders[heat.shape] = np.argsort(-heat, axis=None, kind="stable")
    order = orders[heat.shape]
    out = []
    for count in counts:
        copy = x.astype(float).reshape(len(x), -1)
        copy[:, order[:count]] = fill
        out.append(copy.reshape(x.shape))
    return np.array(out)
