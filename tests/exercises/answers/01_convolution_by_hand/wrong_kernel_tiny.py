# loses 01-horizontal-kernel-tests: a blur, so weak that its answer to stripes is nearly 0

# %% grade_id="01-horizontal-kernel"
horizontal = [[1e-10] * 3] * 3
