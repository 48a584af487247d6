# loses 12-by-hand-tests: takes each weight to work once
# told: each weight is used at every place of the output

# %% grade_id="12-by-hand"
by_hand = [18432, 18432, 50176, 2336, 457856, 4608]
