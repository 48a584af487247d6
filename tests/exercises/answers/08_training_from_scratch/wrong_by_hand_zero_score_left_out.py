# loses 08-by-hand-tests: the score of 0 doesn't count
# told: a score of 0 counts as well: e⁰ is 1

# %% grade_id="08-by-hand"
by_hand = [-1, 1 / 3, 2 / 3, 0.1, -0.1, -0.1]
