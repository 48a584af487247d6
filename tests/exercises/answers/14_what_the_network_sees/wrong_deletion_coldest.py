# loses 14-deletion-tests: begins with the smallest number of heat
# told: Those are the *coldest* pixels

# %% grade_id="14-deletion"
def deletion(x, heat, counts, fill):
    order = np.argsort(heat.ravel(), kind="stable")
    out = []
    for count in counts:
        copy = x.reshape(len(x), -1).astype(float)
        copy[:, order[:count]] = fill
        out.append(copy.reshape(x.shape))
    return np.array(out)
