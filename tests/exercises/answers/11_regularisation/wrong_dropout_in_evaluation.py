# loses 11-dropout-tests: numbers are switched off in evaluation, too
# told: In evaluation (training False) nothing

# %% grade_id="11-dropout"
def dropout(x, p, u, training):
    return x * (u >= p) / (1 - p)
