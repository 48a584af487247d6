# loses 00-ink-tests: the pixels without ink are counted

# %% grade_id="00-ink"
ink = (smiley() == 0).sum()
