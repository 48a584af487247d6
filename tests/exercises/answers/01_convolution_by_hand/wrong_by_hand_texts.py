# loses 01-by-hand-tests: a row as a text
# told: the answer should hold real numbers

# %% grade_id="01-by-hand"
by_hand = ["0 -3 0", "1 -2 -1", "1 -1 -1"]
