# loses 16-folds-tests: an order turned round
# told: If two groups have the same size

# %% grade_id="16-folds"
def group_folds(groups, count):
    names, sizes = np.unique(groups, return_counts=True)
    out = np.full(len(groups), count)  # no such fold: not placed yet
    for place in np.argsort(sizes, kind="stable")[::-1]:
        pictures = [np.count_nonzero(out == fold) for fold in range(count)]
        out[groups == names[place]] = np.argmin(pictures)
    return out
