# loses 17-by-hand-tests: divides by the objects found
# told: recall counts all five

# %% grade_id="17-by-hand"
by_hand = (0.2, 0.3333, 0.5, (2 / 3 + 2 / 3 + 3 / 5) / 3, 4, 3, 0.25)
