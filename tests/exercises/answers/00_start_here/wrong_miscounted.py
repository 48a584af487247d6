# loses 00-ink-tests: one pixel too many
# told: ink: the value is not right yet

# %% grade_id="00-ink"
ink = 27
