# loses 14-deletion-tests: covers what is hotter than the next pixel
# told: the first difference is at

# %% grade_id="14-deletion"
def deletion(x, heat, counts, fill):
    order = np.argsort(-heat, axis=None, kind="stable")
    out = []
    for count in counts:
        copy = x.astype(float).reshape(len(x), -1)
        last = heat.ravel()[order[count]] if count < heat.size else -np.inf
        copy[:, heat.ravel() > last] = fill
        out.append(copy.reshape(x.shape))
    return np.array(out)
