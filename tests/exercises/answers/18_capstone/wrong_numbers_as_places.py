# loses 18-split-tests: takes the numbers of the groups for places
# told: stopped with IndexError

# %% grade_id="18-split"
def split_by_group(groups, order, share):
    sizes = np.zeros(len(order), int)
    for group in groups:
        sizes[group - 1] += 1
    aside, pictures = np.zeros(len(groups), dtype=bool), 0
    for group in order:
        if pictures < share * len(groups):
            aside |= groups == group
            pictures += sizes[group - 1]
    return aside
