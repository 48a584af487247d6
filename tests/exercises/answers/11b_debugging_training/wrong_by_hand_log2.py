# loses 11b-by-hand-tests: takes the logarithm to base 2
# told: take the natural logarithm

# %% grade_id="11b-by-hand"
by_hand = [math.log2(7), math.log(1 + 6 / math.e), 2.0, 0.004]
