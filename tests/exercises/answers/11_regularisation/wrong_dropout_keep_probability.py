# loses 11-dropout-tests: keeps where u is below 1 − p
# told: u < 1 − p

# %% grade_id="11-dropout"
def dropout(x, p, u, training):
    keep = 1 - p
    return x * (u < keep) / keep if training else x
