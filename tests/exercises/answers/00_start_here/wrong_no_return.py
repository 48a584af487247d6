# loses 00-negative-tests: prints and does not return

# %% grade_id="00-negative"
def negative(x):
    print(1 - x)
