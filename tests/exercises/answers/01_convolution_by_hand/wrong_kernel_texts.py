# loses 01-horizontal-kernel-tests: texts are no weights
# told: real numbers

# %% grade_id="01-horizontal-kernel"
horizontal = [["0.5", "0", "0.5"], ["-1", "0", "-1"], ["a", "b", "c"]]
