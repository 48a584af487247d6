# loses 16-folds-tests: deals the pictures out one by one
# told: A group is in several folds

# %% grade_id="16-folds"
def group_folds(groups, count):
    names, sizes = np.unique(groups, return_counts=True)
    out = np.full(len(groups), count)  # no such fold: not placed yet
    for place in np.argsort(-sizes, kind="stable"):
        pictures = [np.count_nonzero(out == fold) for fold in range(count)]
        out[groups == names[place]] = np.argmin(pictures)
    return np.arange(len(groups)) % count
