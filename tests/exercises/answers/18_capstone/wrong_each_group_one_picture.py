# loses 18-split-tests: counts groups against the number of pictures
# told: each group as one picture

# %% grade_id="18-split"
def split_by_group(groups, order, share):
    chosen = []
    for group in order:
        if len(chosen) < share * len(groups):
            chosen.append(group)
    return np.isin(groups, chosen)
