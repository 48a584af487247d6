# loses 18-split-tests: rounds the number of pictures down
# told: the first difference is at

# %% grade_id="18-split"
def split_by_group(groups, order, share):
    wanted, aside = int(share * len(groups)), np.zeros(len(groups), dtype=bool)
    for group in order:
        if aside.sum() >= wanted:
            break
        aside |= groups == group
    return aside
