# loses 13-errors-tests: rounds to two digits
# told: the first difference is at

# %% grade_id="13-errors"
def in_errors(results):
    means = results.mean(axis=1)
    s2 = results.var(axis=1, ddof=1).mean()
    return np.round((means[1:] - means[0]) / np.sqrt(2 * s2 / results.shape[1]), 2)
