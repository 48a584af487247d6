# loses 04-by-hand-tests: negative maxima became 0
# told: negative numbers stay negative

# %% grade_id="04-by-hand"
by_hand = [[[0, 7], [5, 0]], [[0, 3], [1, 0]], [[0, 3], [2, 0]]]
