# loses 00-chalk-tests: every pixel is counted
# told: chalk: that is the number of all pixels

# %% grade_id="00-chalk"
chalk = smiley().size
