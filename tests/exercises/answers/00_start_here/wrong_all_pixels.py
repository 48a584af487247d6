# loses 00-ink-tests: every pixel is counted
# told: ink: that is the number of all pixels

# %% grade_id="00-ink"
ink = smiley().size
