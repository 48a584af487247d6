# loses 18-split-tests: goes on when the share is reached exactly
# told: One group too many

# %% grade_id="18-split"
def split_by_group(groups, order, share):
    aside = np.zeros(len(groups), dtype=bool)
    for group in order:
        if aside.sum() > share * len(groups):
            break
        aside |= groups == group
    return aside
