# loses 18-repair-tests: expects a group in one run of neighbours
# told: In repaired(

# %% grade_id="18-repair"
def repaired(groups, aside):
    whole = np.zeros(len(groups), dtype=bool)
    start = 0
    for n in range(1, len(groups) + 1):
        if n == len(groups) or groups[n] != groups[start]:
            whole[start:n] = aside[start:n].mean() > 0.5
            start = n
    return whole
