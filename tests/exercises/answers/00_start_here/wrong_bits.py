# loses 00-negative-tests: the tilde turns bits, not pixels
# told: For whole numbers `~` is

# %% grade_id="00-negative"
def negative(x):
    return ~x
