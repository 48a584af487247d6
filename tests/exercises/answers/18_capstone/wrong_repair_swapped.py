# loses 18-repair-tests: marks what is kept
# told: True and False are swapped

# %% grade_id="18-repair"
def repaired(groups, aside):
    whole = np.zeros(len(groups), dtype=bool)
    for group in np.unique(groups):
        part = groups == group
        whole[part] = aside[part].mean() <= 0.5
    return whole
