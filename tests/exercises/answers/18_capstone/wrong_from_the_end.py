# loses 18-split-tests: takes the last groups first
# told: You began with the last group

# %% grade_id="18-split"
def split_by_group(groups, order, share):
    aside = np.zeros(len(groups), dtype=bool)
    order = list(order)
    while aside.mean() < share:
        aside |= groups == order.pop()
    return aside
