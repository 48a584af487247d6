# loses 04-blur-tests: even and odd places alike, as for a stride of 2
# told: depends on where a light pixel lies

# %% grade_id="04-blur"
blur = [1 / 8, 2 / 8, 2 / 8, 2 / 8, 1 / 8]
