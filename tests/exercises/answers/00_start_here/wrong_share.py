# loses 00-chalk-tests: the mean in place of the sum
# told: chalk: that is the share of pixels with chalk

# %% grade_id="00-chalk"
chalk = smiley().mean()
