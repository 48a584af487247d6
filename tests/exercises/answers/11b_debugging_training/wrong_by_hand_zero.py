# loses 11b-by-hand-tests: thinks the loss can fall to 0
# told: cross-entropy takes a softmax of the shares

# %% grade_id="11b-by-hand"
by_hand = [math.log(7), 0, 2.0, 0.004]
