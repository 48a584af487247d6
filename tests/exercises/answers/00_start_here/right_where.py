# loses nothing: counted by hand, written with comprehensions

# %% grade_id="00-chalk"
chalk = 26.0


# %% grade_id="00-negative"
def negative(x):
    return [[0 if pixel else 1 for pixel in row] for row in x]
