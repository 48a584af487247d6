# loses 18-split-tests: returns the places instead of true and false
# told: shape

# %% grade_id="18-split"
def split_by_group(groups, order, share):
    chosen = []
    for group in order:
        if len(chosen) >= share * len(groups):
            break
        chosen += list(np.flatnonzero(groups == group))
    return sorted(chosen)
