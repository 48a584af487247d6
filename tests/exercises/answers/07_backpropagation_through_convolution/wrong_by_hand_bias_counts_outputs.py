# loses 07-by-hand-tests: db is taken to be the number of outputs
# told: db adds up all numbers of dout

# %% grade_id="07-by-hand"
by_hand = [3, -1, 2, -3, 1, 2]
