# loses 18-split-tests: stays below the share
# told: You stopped too early

# %% grade_id="18-split"
def split_by_group(groups, order, share):
    aside = np.zeros(len(groups), dtype=bool)
    for group in order:
        more = aside | (groups == group)
        if more.sum() > share * len(groups):
            break
        aside = more
    return aside
