# loses 16-folds-tests: takes the groups in the order of their names
# told: Sort the groups by size first

# %% grade_id="16-folds"
def group_folds(groups, count):
    names, sizes = np.unique(groups, return_counts=True)
    out = np.full(len(groups), count)  # no such fold: not placed yet
    for place in range(len(names)):
        pictures = [np.count_nonzero(out == fold) for fold in range(count)]
        out[groups == names[place]] = np.argmin(pictures)
    return out
