# loses 15-by-hand-tests: odds of 5 to 1
# told: d: the odds are 4 to 1, not 5 to 1

# %% grade_id="15-by-hand"
by_hand = np.array([0.35, 0.05, 0.36, 2 / np.log(5)])
