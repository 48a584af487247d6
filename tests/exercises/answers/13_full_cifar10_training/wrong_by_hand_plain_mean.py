# loses 13-by-hand-tests: averages the two processes as if they had the same part
# told: f: three pictures count three times as much

# %% grade_id="13-by-hand"
by_hand = [50, 1.4, 3, 7 / 8, 100, (2 + 6) / 2]
