# loses 14-by-hand-tests: takes the value of the pixel that is covered
# told: this pixel was not part of one

# %% grade_id="14-by-hand"
by_hand = [1, 2, -2, 1, 1, 0]
