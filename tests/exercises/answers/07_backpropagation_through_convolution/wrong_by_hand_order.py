# loses 07-by-hand-tests: dx first, then dw
# told: the order is another one

# %% grade_id="07-by-hand"
by_hand = [2, -3, 1, 3, -1, 1]
