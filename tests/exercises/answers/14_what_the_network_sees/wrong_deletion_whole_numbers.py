# loses 14-deletion-tests: copies a picture of whole numbers with its dtype
# told: cut to whole numbers

# %% grade_id="14-deletion"
def deletion(x, heat, counts, fill):
    order = np.argsort(-heat, axis=None, kind="stable")
    out = []
    for count in counts:
        copy = x.copy().reshape(len(x), -1)
        copy[:, order[:count]] = fill
        out.append(copy.reshape(x.shape))
    return np.array(out)
