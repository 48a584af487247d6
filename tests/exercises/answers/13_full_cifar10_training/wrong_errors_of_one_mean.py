# loses 13-errors-tests: the error of one mean in place of that of a difference
# told: That is the error of one mean

# %% grade_id="13-errors"
def in_errors(results):
    means = results.mean(axis=1)
    s2 = results.var(axis=1, ddof=1).mean()
    return (means[1:] - means[0]) / np.sqrt(s2 / results.shape[1])
