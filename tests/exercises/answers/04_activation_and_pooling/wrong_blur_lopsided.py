# loses 04-blur-tests: the mean forgets the place, but the weights lean
# told: read the same from both ends

# %% grade_id="04-blur"
blur = [1 / 12, 2 / 12, 4 / 12, 3 / 12, 2 / 12]
