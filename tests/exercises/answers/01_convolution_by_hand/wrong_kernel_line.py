# loses 01-horizontal-kernel-tests: finds thin lines, not steps
# told: a step from light to dark that gets no positive answer

# %% grade_id="01-horizontal-kernel"
horizontal = [[-1, -1, -1], [2, 2, 2], [-1, -1, -1]]
