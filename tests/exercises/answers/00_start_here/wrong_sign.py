# loses 00-negative-tests: minus where 1 minus is meant
# told: You changed the sign

# %% grade_id="00-negative"
def negative(x):
    return -x
