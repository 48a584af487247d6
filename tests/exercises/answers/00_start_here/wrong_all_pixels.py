# loses 00-ink-tests: every pixel is counted

# %% grade_id="00-ink"
ink = smiley().size
