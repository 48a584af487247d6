# loses nothing: recursion, one group at a time

# %% grade_id="18-split"
def split_by_group(groups, order, share, pictures=0):
    if pictures >= share * len(groups):
        return groups != groups
    these = groups == order[0]
    return these | split_by_group(groups, order[1:], share, pictures + these.sum())
