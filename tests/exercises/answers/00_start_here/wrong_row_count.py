# loses 00-chalk-tests: len counts the rows
# told: chalk: that is the number of rows

# %% grade_id="00-chalk"
chalk = len(smiley())
