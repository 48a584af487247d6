# loses 13-errors-tests: goes through the columns
# told: You went through the columns

# %% grade_id="13-errors"
def in_errors(results):
    means = results.mean(axis=0)
    s2 = results.var(axis=0, ddof=1).mean()
    return (means[1:] - means[0]) / np.sqrt(2 * s2 / results.shape[0])
