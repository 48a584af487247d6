# loses 00-ink-tests: len counts the rows
# told: ink: that is the number of rows

# %% grade_id="00-ink"
ink = len(smiley())
