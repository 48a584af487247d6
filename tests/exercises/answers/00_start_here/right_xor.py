# loses nothing: whole numbers and bits, Counter for the chalk

# %% grade_id="00-chalk"
from collections import Counter

chalk = Counter(smiley().ravel().tolist())[1]


# %% grade_id="00-negative"
def negative(x):
    return x ^ 1
