# loses 17-by-hand-tests: the precision at each hit
# told: the best precision from this recall on

# %% grade_id="17-by-hand"
by_hand = [0.2, 0.3333, 0.5, (1 / 2 + 2 / 3 + 3 / 5) / 5, 4, 3, 0.25]
