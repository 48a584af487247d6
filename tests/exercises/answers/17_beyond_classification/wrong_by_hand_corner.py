# loses 17-by-hand-tests: takes the cell of the upper left corner
# told: take the box's centre

# %% grade_id="17-by-hand"
by_hand = [0.2, 1 / 3, 0.5, 29 / 75, 3, 2, 0.25]
