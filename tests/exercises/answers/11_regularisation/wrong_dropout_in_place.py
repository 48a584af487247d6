# loses 11-dropout-tests: changes x
# told: changed what it was given

# %% grade_id="11-dropout"
def dropout(x, p, u, training):
    if training:
        x[u < p] = 0
        return x / (1 - p)
    return x
