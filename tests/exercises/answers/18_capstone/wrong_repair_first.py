# loses 18-repair-tests: follows the first picture
# told: went where its first one is

# %% grade_id="18-repair"
def repaired(groups, aside):
    whole = np.zeros(len(groups), dtype=bool)
    for group in np.unique(groups):
        part = groups == group
        whole[part] = aside[part][0]
    return whole
