# loses 00-ink-tests: the pixels without ink are counted
# told: ink: that is the number of pixels without ink

# %% grade_id="00-ink"
ink = (smiley() == 0).sum()
