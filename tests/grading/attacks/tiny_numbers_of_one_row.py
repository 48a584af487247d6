# Give a kernel of one tiny row, whose columns should add up to 0 and nearly do.
# ends: graded
# %% grade_id="01-horizontal-kernel"
horizontal = [[0, 0, 0], [0, 0, 0], [1e-9, 1e-9, 1e-9]]
