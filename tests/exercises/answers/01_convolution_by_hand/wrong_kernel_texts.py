# loses 01-horizontal-kernel-tests: texts are no weights
# told: real numbers

# %% grade_id="01-horizontal-kernel"
horizontal = [["-1", "-1", "-1"], ["0", "0", "0"], ["a", "b", "c"]]
