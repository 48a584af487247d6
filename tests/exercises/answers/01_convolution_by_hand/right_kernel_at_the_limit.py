# loses nothing: a weight of the size 1, and a rounding error in each sum

# %% grade_id="01-horizontal-kernel"
horizontal = [[0.1 + 0.2, 0.35, 0.35], [-1, -0.45, -0.55], [0.7, 0.1, 0.2]]
