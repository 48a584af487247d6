# loses 12-by-hand-tests: divides by the groups twice
# told: there are as many of them

# %% grade_id="12-by-hand"
by_hand = [18432, 3612672, 50176, 2336, 457856, 1152]
