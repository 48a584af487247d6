# loses 18-repair-tests: any picture aside takes the group along
# told: You set every divided group aside

# %% grade_id="18-repair"
def repaired(groups, aside):
    whole = np.zeros(len(groups), dtype=bool)
    for group in np.unique(groups):
        part = groups == group
        whole[part] = aside[part].any()
    return whole
