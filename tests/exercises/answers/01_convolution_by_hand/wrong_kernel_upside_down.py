# loses 01-horizontal-kernel-tests: a step up makes it negative
# told: its signs are the wrong way round

# %% grade_id="01-horizontal-kernel"
horizontal = [[-1 / 3] * 3, [2 / 3] * 3, [-1 / 3] * 3]
