# loses 00-ink-tests: the number as a text
# told: the answer should hold real numbers, but it is '26'

# %% grade_id="00-ink"
ink = "26"
