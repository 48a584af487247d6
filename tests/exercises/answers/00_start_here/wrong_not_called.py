# loses 00-ink-tests: the brackets are forgotten
# told: the answer should hold real numbers

# %% grade_id="00-ink"
ink = smiley().sum
