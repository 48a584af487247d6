# loses 12-by-hand-tests: lets the depthwise part make 64 maps
# told: the depthwise layer gives 32 maps

# %% grade_id="12-by-hand"
by_hand = [18432, 3612672, 50176, 2624, 457856, 4608]
