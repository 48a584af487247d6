# loses 18-repair-tests: one picture on the other side is tolerated
# told: In repaired(

# %% grade_id="18-repair"
def repaired(groups, aside):
    whole = np.zeros(len(groups), dtype=bool)
    for group in np.unique(groups):
        part = groups == group
        whole[part] = aside[part].sum() > 1 and aside[part].mean() > 0.5
    return whole
