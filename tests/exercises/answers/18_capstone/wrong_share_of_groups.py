# loses 18-split-tests: takes a share of the groups, not of the pictures
# told: not of the groups

# %% grade_id="18-split"
def split_by_group(groups, order, share):
    return np.isin(groups, order[: int(np.ceil(share * len(order)))])
