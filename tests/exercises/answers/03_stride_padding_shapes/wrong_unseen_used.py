# loses 03-unseen-tests: the places that are used
# told: that is how many are used

# %% grade_id="03-unseen"
unseen = 28 * 28
