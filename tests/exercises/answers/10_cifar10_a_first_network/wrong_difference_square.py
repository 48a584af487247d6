# loses 10-paired-difference-tests: the square of the error
# told: square of the standard error

# %% grade_id="10-paired-difference"
def paired_difference(right_a, right_b):
    d = right_a.astype(float) - right_b.astype(float)
    return np.array([d.mean(), d.var() / len(d)])
