# loses 10-by-hand-tests: precision and recall exchanged
# told: precision looks down the column

# %% grade_id="10-by-hand"
by_hand = [0.8, 0.04, 0.6, 0.75, 24 / 38]
