# loses nothing: cumulative counts

# %% grade_id="18-split"
def split_by_group(groups, order, share):
    sizes = (groups[None] == order[:, None]).sum(axis=1)
    before = np.cumsum(sizes) - sizes
    return np.isin(groups, order[before < share * len(groups)])

# %% grade_id="18-repair"
def repaired(groups, aside):
    names, places = np.unique(groups, return_inverse=True)
    balance = np.bincount(places.ravel(), np.where(aside, 1, -1))
    return (balance > 0)[places.ravel()]
