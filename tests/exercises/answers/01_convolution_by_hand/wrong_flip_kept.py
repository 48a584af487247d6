# loses 01-flip-tests: the flip of the first kernel of each size is kept
# told: the first difference is at [0, 0]

# %% grade_id="01-flip"
flipped = {}


def flip(w):
    return flipped.setdefault(w.shape, w[::-1, ::-1])
