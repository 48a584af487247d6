# loses 01-by-hand-tests: left minus right
# told: by_hand: every sign is the wrong way round

# %% grade_id="01-by-hand"
by_hand = [[0, 3, 0], [-1, 2, 1], [-1, 1, 1]]
