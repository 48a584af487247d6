# loses 00-chalk-tests: the pixels without chalk are counted
# told: chalk: that is the number of pixels without chalk

# %% grade_id="00-chalk"
chalk = (smiley() == 0).sum()
