# loses 01-horizontal-kernel-tests: a blur, so weak that its answer to stripes is nearly 0
# told: look at the sum of each column

# %% grade_id="01-horizontal-kernel"
horizontal = [[1e-10] * 3] * 3
