# loses nothing: whole numbers and bits, Counter for the ink

# %% grade_id="00-ink"
from collections import Counter

ink = Counter(smiley().ravel().tolist())[1]


# %% grade_id="00-negative"
def negative(x):
    return x ^ 1
