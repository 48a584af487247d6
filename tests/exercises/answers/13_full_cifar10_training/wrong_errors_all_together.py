# loses 13-errors-tests: takes the variance of all results together
# told: the spread of all results together

# %% grade_id="13-errors"
def in_errors(results):
    means = results.mean(axis=1)
    return (means[1:] - means[0]) / np.sqrt(2 * np.var(results, ddof=1) / results.shape[1])
