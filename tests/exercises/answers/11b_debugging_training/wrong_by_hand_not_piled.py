# loses 11b-by-hand-tests: lets no gradients pile up
# told: the gradients of all earlier steps add up

# %% grade_id="11b-by-hand"
by_hand = [math.log(7), math.log(1 + 6 / math.e), 0.8, 0.004]
