# loses 14-deletion-tests: rounds the heat before sorting it
# told: the first difference is at

# %% grade_id="14-deletion"
def deletion(x, heat, counts, fill):
    order = np.argsort(-heat.round(2), axis=None, kind="stable")
    out = []
    for count in counts:
        copy = x.astype(float).reshape(len(x), -1)
        copy[:, order[:count]] = fill
        out.append(copy.reshape(x.shape))
    return np.array(out)
