# loses 11-dropout-tests: > in place of >=
# told: exactly p is kept

# %% grade_id="11-dropout"
def dropout(x, p, u, training):
    if not training:
        return x
    return x * (u > p) / (1 - p)
