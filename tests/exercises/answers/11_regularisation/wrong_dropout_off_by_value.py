# loses 11-dropout-tests: compares x with p
# told: the first difference is at

# %% grade_id="11-dropout"
def dropout(x, p, u, training):
    return x * (x >= p) / (1 - p) if training else x
