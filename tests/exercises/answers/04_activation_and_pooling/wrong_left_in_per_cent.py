# loses 04-left-tests: per cent, rounded
# told: write shares, not per cent

# %% grade_id="04-left"
left = [[60, 60], [102, 0]]
