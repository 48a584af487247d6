# loses 03-unseen-tests: one row
# told: that is for one row

# %% grade_id="03-unseen"
unseen = 56 - 28
