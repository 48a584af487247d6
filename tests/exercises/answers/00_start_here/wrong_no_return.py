# loses 00-negative-tests: prints and does not return
# told: nothing came back: the function needs a `return`

# %% grade_id="00-negative"
def negative(x):
    print(1 - x)
