# loses 11-dropout-tests: draws random numbers of its own
# told: the first difference is at

# %% grade_id="11-dropout"
def dropout(x, p, u, training):
    if not training:
        return x
    return x * (np.random.default_rng(0).random(x.shape) >= p) / (1 - p)
