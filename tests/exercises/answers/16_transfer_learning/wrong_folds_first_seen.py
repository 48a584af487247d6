# loses 16-folds-tests: the order in which the groups appear
# told: not the one that you meet first

# %% grade_id="16-folds"
from collections import Counter


def group_folds(groups, count):
    full, fold_of = [0] * count, {}
    for group, size in Counter(groups.tolist()).most_common():
        fold_of[group] = full.index(min(full))
        full[fold_of[group]] += size
    return np.array([fold_of[group] for group in groups.tolist()])
