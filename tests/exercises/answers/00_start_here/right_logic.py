# loses nothing: truth values and counting loops

# %% grade_id="00-chalk"
chalk = 0
for row in smiley():
    for pixel in row:
        if pixel == 1:
            chalk += 1


# %% grade_id="00-negative"
def negative(x):
    return x == 0
