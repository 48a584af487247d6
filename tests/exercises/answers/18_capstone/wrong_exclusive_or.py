# loses 18-split-tests: toggles with ^ and counts what was there before
# told: the first difference is at

# %% grade_id="18-split"
def split_by_group(groups, order, share):
    aside = np.zeros(len(groups), dtype=bool)
    for group in order:
        aside = aside ^ (groups == group)
        if aside.sum() >= share * len(groups):
            return aside
    return aside
