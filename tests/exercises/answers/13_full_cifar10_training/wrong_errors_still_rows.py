# loses 13-errors-tests: leaves rows without a spread out
# told: the first difference is at

# %% grade_id="13-errors"
def in_errors(results):
    variances = results.var(axis=1, ddof=1)
    s2 = variances[variances > 0].mean()
    means = results.mean(axis=1)
    return (means[1:] - means[0]) / np.sqrt(2 * s2 / results.shape[1])
