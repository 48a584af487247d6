# loses 14-deletion-tests: slices from the end, which is everything if the count is 0
# told: the first difference is at

# %% grade_id="14-deletion"
def deletion(x, heat, counts, fill):
    order = np.argsort(heat[::-1, ::-1], axis=None, kind="stable")
    out = []
    for count in counts:
        copy = x.astype(float).reshape(len(x), -1)
        copy[:, heat.size - 1 - order[-count:]] = fill
        out.append(copy.reshape(x.shape))
    return np.array(out)
