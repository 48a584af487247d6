# loses 18-split-tests: calls the course's own function
# told: switched off

# %% grade_id="18-split"
from cnnedu.data import splits


def split_by_group(groups, order, share):
    return splits.split_by_group(groups, order, share)
