# loses 11-dropout-tests: leaves the others out of the array
# told: the answer has shape (2,)

# %% grade_id="11-dropout"
def dropout(x, p, u, training):
    return x[u >= p] / (1 - p) if training else x
