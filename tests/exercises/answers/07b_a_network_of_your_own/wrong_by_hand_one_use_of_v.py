# loses 07b-by-hand-tests: v gets its gradient from v · u alone
# told: v is used twice

# %% grade_id="07b-by-hand"
by_hand = [12, 17, 51, 73]
