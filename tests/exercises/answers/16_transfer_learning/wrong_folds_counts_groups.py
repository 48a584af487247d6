# loses 16-folds-tests: fills the folds by groups
# told: Count the *pictures* in a fold, not its groups.

# %% grade_id="16-folds"
def group_folds(groups, count):
    names, sizes = np.unique(groups, return_counts=True)
    out = np.full(len(groups), count)  # no such fold: not placed yet
    for place in np.argsort(-sizes, kind="stable"):
        pictures = [len(set(groups[out == fold])) for fold in range(count)]
        out[groups == names[place]] = np.argmin(pictures)
    return out
