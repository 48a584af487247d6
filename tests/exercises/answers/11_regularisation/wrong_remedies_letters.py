# loses 11-remedies-tests: letters in place of numbers
# told: remedies

# %% grade_id="11-remedies"
remedies = ["D", "E", "B", "C", "A"]
