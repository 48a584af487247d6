# loses 18-split-tests: marks what is kept
# told: True and False are swapped

# %% grade_id="18-split"
def split_by_group(groups, order, share):
    kept = np.ones(len(groups), dtype=bool)
    for group in order:
        if (~kept).sum() >= share * len(groups):
            break
        kept &= groups != group
    return kept
