# loses 00-chalk-tests: the number as a text
# told: the answer should hold real numbers, but it is '26'

# %% grade_id="00-chalk"
chalk = "26"
