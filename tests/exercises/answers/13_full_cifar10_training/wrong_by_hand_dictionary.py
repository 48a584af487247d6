# loses 13-by-hand-tests: writes a dictionary with names
# told: should hold real numbers

# %% grade_id="13-by-hand"
by_hand = {"a": 50, "b": 1.4, "c": 3, "d": 0.875, "e": 100, "f": 3}
