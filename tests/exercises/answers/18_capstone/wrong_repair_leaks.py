# loses 18-repair-tests: marks the leak
# told: You marked the pictures whose group is divided

# %% grade_id="18-repair"
def repaired(groups, aside):
    whole = np.zeros(len(groups), dtype=bool)
    for group in np.unique(groups):
        part = groups == group
        whole[part] = 0 < aside[part].mean() < 1
    return whole
