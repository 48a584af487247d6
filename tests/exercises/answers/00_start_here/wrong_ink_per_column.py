# loses 00-ink-tests: one axis is added up
# told: ink: that is the ink in each column

# %% grade_id="00-ink"
ink = sum(smiley())
