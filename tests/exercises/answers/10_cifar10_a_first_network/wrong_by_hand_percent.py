# loses 10-by-hand-tests: percentages
# told: not percentages

# %% grade_id="10-by-hand"
by_hand = [80, 4, 75, 60, 80]
