# loses 14-deletion-tests: sorts the heat and turns the order round, ties included
# told: turning the order of an `argsort` round

# %% grade_id="14-deletion"
def deletion(x, heat, counts, fill):
    order = np.argsort(heat, axis=None, kind="stable")[::-1]
    out = []
    for count in counts:
        copy = x.astype(float).reshape(len(x), -1)
        copy[:, order[:count]] = fill
        out.append(copy.reshape(x.shape))
    return np.array(out)
