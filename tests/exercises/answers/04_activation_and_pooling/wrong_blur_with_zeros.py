# loses 04-blur-tests: three alike between zeros: too small
# told: at least 0.05

# %% grade_id="04-blur"
blur = [0, 1 / 3, 1 / 3, 1 / 3, 0]
