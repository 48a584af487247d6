# loses 00-chalk-tests: one axis is added up
# told: chalk: that is the chalk in each column

# %% grade_id="00-chalk"
chalk = sum(smiley())
