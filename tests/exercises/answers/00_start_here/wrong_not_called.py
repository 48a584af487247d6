# loses 00-chalk-tests: the brackets are forgotten
# told: the answer should hold real numbers

# %% grade_id="00-chalk"
chalk = smiley().sum
