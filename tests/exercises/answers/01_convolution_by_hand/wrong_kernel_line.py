# loses 01-horizontal-kernel-tests: finds thin lines, too strongly
# told: gets 3, not 1 (rule 1)

# %% grade_id="01-horizontal-kernel"
horizontal = [[1, 1, 1], [-2, -2, -2], [1, 1, 1]]
