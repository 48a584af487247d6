# loses 11-dropout-tests: the older dropout, which scales in evaluation
# told: That is the older dropout

# %% grade_id="11-dropout"
def dropout(x, p, u, training):
    return x * (u >= p) if training else x * (1 - p)
