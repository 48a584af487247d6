# loses 14-by-hand-tests: overlooks the rise at the end of the row
# told: still rises at its end

# %% grade_id="14-by-hand"
by_hand = [3, 0, -2, 1, 1, 0]
