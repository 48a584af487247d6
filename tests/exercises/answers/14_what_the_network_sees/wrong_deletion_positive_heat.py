# loses 14-deletion-tests: takes all heat below 0 for equal
# told: the first difference is at

# %% grade_id="14-deletion"
def deletion(x, heat, counts, fill):
    order = np.argsort(-np.maximum(heat, 0), axis=None, kind="stable")
    out = []
    for count in counts:
        copy = x.astype(float).reshape(len(x), -1)
        copy[:, order[:count]] = fill
        out.append(copy.reshape(x.shape))
    return np.array(out)
