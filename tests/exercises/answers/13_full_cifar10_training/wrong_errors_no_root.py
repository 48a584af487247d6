# loses 13-errors-tests: divides by the variance of the difference
# told: The square root is missing

# %% grade_id="13-errors"
def in_errors(results):
    s2 = results.var(axis=1, ddof=1).mean()
    means = results.mean(axis=1)
    return (means[1:] - means[0]) / (2 * s2 / results.shape[1])
