# loses nothing: counts pictures in a dictionary, then looks up each one

# %% grade_id="18-split"
def split_by_group(groups, order, share):
    count = {}
    for group in groups:
        count[group] = count.get(group, 0) + 1
    chosen, pictures = set(), 0
    for group in order:
        if pictures >= share * len(groups):
            break
        chosen.add(group)
        pictures += count[group]
    return [group in chosen for group in groups]
