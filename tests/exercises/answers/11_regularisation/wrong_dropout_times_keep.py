# loses 11-dropout-tests: multiplied by 1 − p
# told: you multiplied by it

# %% grade_id="11-dropout"
def dropout(x, p, u, training):
    return x * (u >= p) * (1 - p) if training else x
