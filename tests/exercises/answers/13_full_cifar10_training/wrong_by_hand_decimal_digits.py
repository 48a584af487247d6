# loses 13-by-hand-tests: rounds to no binary digits at all
# told: bfloat16 goes in steps

# %% grade_id="13-by-hand"
by_hand = [50, 1.4, 3, 0.875, 100.1, 3]
