# loses 11-dropout-tests: training and evaluation exchanged
# told: `training` is turned round

# %% grade_id="11-dropout"
def dropout(x, p, u, training):
    if training:
        return x
    return x * (u >= p) / (1 - p)
