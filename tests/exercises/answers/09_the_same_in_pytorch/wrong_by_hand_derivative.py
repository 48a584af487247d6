# loses 09-by-hand-tests: forgets the 2 of the square
# told: the derivative of out² is 2 · out

# %% grade_id="09-by-hand"
by_hand = [3, 6, 0.4, -1, 4]
