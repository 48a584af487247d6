# loses 18-split-tests: stops before the last group
# told: the first difference is at

# %% grade_id="18-split"
def split_by_group(groups, order, share):
    aside = np.zeros(len(groups), dtype=bool)
    for group in order[:-1]:
        if aside.sum() < share * len(groups):
            aside |= groups == group
    return aside
