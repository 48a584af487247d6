# loses 00-negative-tests: the return is inside the loop
# told: Only the first row

# %% grade_id="00-negative"
def negative(x):
    for row in x:
        return [1 - pixel for pixel in row]
