# loses 11b-by-hand-tests: forgets to divide by the weight's norm
# told: a share of the weight's size

# %% grade_id="11b-by-hand"
by_hand = [math.log(7), math.log(1 + 6 / math.e), 2.0, 0.02]
