# loses 13-by-hand-tests: gives the share that is shown one way only
# told: d: that is the share shown one way only

# %% grade_id="13-by-hand"
by_hand = [50, 1.4, 3, 1 / 8, 100, 3]
