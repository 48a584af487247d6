# loses 16-by-hand-tests: exchanges the shares of old and new
# told: d, e: the new batch has the share 0.1

# %% grade_id="16-by-hand"
by_hand = [0.25, -0.75, -0.5, 9.5, 9.95, 965]
