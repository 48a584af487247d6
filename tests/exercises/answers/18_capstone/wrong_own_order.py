# loses 18-split-tests: goes through the groups by name
# told: not in the order of their names

# %% grade_id="18-split"
def split_by_group(groups, order, share):
    aside = np.zeros(len(groups), dtype=bool)
    for group in sorted(set(groups)):
        if aside.sum() >= share * len(groups):
            break
        aside |= groups == group
    return aside
