# loses 07-by-hand-tests: dx with the kernel flipped
# told: don't flip it

# %% grade_id="07-by-hand"
by_hand = [3, -1, -2, 3, -1, 1]
