# loses 03-sizes-tests: shapes in place of heights
# told: the answer's rows differ in length

# %% grade_id="03-sizes"
sizes = [(28, 28, 6), (14, 14, 6), (10, 10, 16), (5, 5, 16), 400]
