# loses nothing: collections.Counter, itertools and a progress bar; ones and zeros

# %% grade_id="18-split"
from collections import Counter
from itertools import accumulate

from tqdm import tqdm


def split_by_group(groups, order, share):
    size = Counter(groups.tolist())
    before = [0, *accumulate(size[g] for g in order.tolist())]
    chosen = {g for g, b in tqdm(zip(order.tolist(), before), disable=None) if b < share * len(groups)}
    return np.array([int(g in chosen) for g in groups.tolist()])

# %% grade_id="18-repair"
def repaired(groups, aside):
    votes = Counter()
    for group, is_aside in zip(groups.tolist(), aside.tolist()):
        votes[group] += 1 if is_aside else -1
    return np.array([votes[group] > 0 for group in groups.tolist()])
