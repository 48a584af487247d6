# loses 12-by-hand-tests: counts biases that aren't there
# told: the first layer has no biases

# %% grade_id="12-by-hand"
by_hand = [18496, 3612672, 50176, 2336, 457856, 4608]
