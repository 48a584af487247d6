# loses 10-by-hand-tests: the precision of dogs
# told: precision of dogs

# %% grade_id="10-by-hand"
by_hand = [0.8, 0.04, 0.75, 0.6, 24 / 38]
