# loses 18-split-tests: sets one group aside and returns from within the loop
# told: Only one group is set aside

# %% grade_id="18-split"
def split_by_group(groups, order, share):
    aside = np.zeros(len(groups), dtype=bool)
    if share > 0:
        for group in order:
            aside[groups == group] = True
            return aside
    return aside
