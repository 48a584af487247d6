# loses nothing: truth values and counting loops

# %% grade_id="00-ink"
ink = 0
for row in smiley():
    for pixel in row:
        if pixel == 1:
            ink += 1


# %% grade_id="00-negative"
def negative(x):
    return x == 0
