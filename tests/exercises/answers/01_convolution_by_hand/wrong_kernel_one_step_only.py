# loses 01-horizontal-kernel-tests: a step above the last row gets 0
# told: a step from light to dark that gets no positive answer

# %% grade_id="01-horizontal-kernel"
horizontal = [[-1, -1, -1], [1, 1, 1], [0, 0, 0]]
