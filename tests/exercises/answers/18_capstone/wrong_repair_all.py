# loses 18-repair-tests: divided groups leave the test
# told: You took every divided group out of the test

# %% grade_id="18-repair"
def repaired(groups, aside):
    whole = np.zeros(len(groups), dtype=bool)
    for group in np.unique(groups):
        part = groups == group
        whole[part] = aside[part].all()
    return whole
