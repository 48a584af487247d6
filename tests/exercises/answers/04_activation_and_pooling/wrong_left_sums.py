# loses 04-left-tests: sums of sizes in place of lengths
# told: those are shares of sums

# %% grade_id="04-left"
left = [[3 / 7, 3 / 7], [8 / 7, 0]]
