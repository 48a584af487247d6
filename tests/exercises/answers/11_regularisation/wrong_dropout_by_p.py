# loses 11-dropout-tests: divided by p
# told: divide by 1 − p, not by p

# %% grade_id="11-dropout"
def dropout(x, p, u, training):
    if training and p > 0:
        return np.where(u < p, 0, x) / p
    return x
