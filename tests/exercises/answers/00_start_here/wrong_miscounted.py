# loses 00-chalk-tests: one pixel too many
# told: chalk: the value is not right yet

# %% grade_id="00-chalk"
chalk = 27
