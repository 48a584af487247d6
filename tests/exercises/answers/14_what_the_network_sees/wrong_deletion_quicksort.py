# loses 14-deletion-tests: leaves the order of equally hot pixels to quicksort
# told: only with kind="stable"

# %% grade_id="14-deletion"
def deletion(x, heat, counts, fill):
    order = np.argsort(-heat, axis=None)
    out = []
    for count in counts:
        copy = x.astype(float).reshape(len(x), -1)
        copy[:, order[:count]] = fill
        out.append(copy.reshape(x.shape))
    return np.array(out)
