# loses 01-horizontal-kernel-tests: positive by a hair only, a billionth of its largest weight
# told: a step from light to dark that gets no positive answer

# %% grade_id="01-horizontal-kernel"
horizontal = [[-1, 1, 0], [0, 0, 0], [1, -1 + 1e-9, 0]]
