# loses 00-ink-tests: the mean in place of the sum
# told: ink: that is the share of pixels with ink

# %% grade_id="00-ink"
ink = smiley().mean()
