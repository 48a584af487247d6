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

# %% grade_id="18-repair"
def repaired(groups, aside):
    sides = {}
    for group, is_aside in zip(groups, aside):
        sides.setdefault(int(group), []).append(bool(is_aside))
    return [sum(sides[int(group)]) * 2 > len(sides[int(group)]) for group in groups]
