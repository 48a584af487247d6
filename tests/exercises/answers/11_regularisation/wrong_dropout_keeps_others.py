# loses 11-dropout-tests: keeps with probability p
# told: You kept the numbers that should go

# %% grade_id="11-dropout"
def dropout(x, p, u, training):
    return x * (u < p) / (1 - p) if training else x
