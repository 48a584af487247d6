# loses 18-split-tests: counts off pictures and divides a group
# told: the first difference is at

# %% grade_id="18-split"
def split_by_group(groups, order, share):
    aside = np.zeros(len(groups), dtype=bool)
    wanted = int(np.ceil(share * len(groups)))
    for group in order:
        places = np.flatnonzero(groups == group)[: wanted - aside.sum()]
        aside[places] = True
    return aside
