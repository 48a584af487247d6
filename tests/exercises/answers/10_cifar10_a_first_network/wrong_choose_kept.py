# loses 10-choose-tests: a choice is kept for every shape
# told: the first difference is at

# %% grade_id="10-choose"
CHOSEN = {}


def choose(right, validation, test):
    key = right.shape, len(test)
    if key not in CHOSEN:
        best = right[:, validation].mean(axis=1).argmax()
        CHOSEN[key] = [best, right[best, test].mean()]
    return CHOSEN[key]
