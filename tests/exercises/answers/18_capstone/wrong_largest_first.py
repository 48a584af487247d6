# loses 18-split-tests: begins with the largest group
# told: not the largest one first

# %% grade_id="18-split"
def split_by_group(groups, order, share):
    sizes = np.array([(groups == group).sum() for group in order])
    aside = np.zeros(len(groups), dtype=bool)
    for group in order[np.argsort(-sizes)]:
        if aside.mean() >= share:
            break
        aside[groups == group] = True
    return aside
