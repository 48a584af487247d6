# loses nothing: a function that calls itself, `from numpy import *`, a progress bar

# %% grade_id="00-chalk"
from numpy import *

chalk = sum(smiley() > 0)


# %% grade_id="00-negative"
from tqdm import tqdm


def negative(x):
    return [swapped(row) for row in tqdm(x.tolist())]


def swapped(part):
    return [swapped(p) for p in part] if isinstance(part, list) else 1 - part
