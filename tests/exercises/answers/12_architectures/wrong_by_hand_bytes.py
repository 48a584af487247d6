# loses 12-by-hand-tests: forgets the 4 bytes of a float32
# told: a float32 takes 4 bytes

# %% grade_id="12-by-hand"
by_hand = [18432, 3612672, 12544, 2336, 457856, 4608]
