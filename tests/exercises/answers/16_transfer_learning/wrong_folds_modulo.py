# loses 16-folds-tests: the group's number, divided
# told: the first difference is at

# %% grade_id="16-folds"
def group_folds(groups, count):
    return groups % count
