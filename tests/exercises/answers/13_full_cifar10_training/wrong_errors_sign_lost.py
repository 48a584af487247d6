# loses 13-errors-tests: gives the size of the difference
# told: The sign is lost

# %% grade_id="13-errors"
def in_errors(results):
    means = results.mean(axis=1)
    s2 = results.var(axis=1, ddof=1).mean()
    return np.abs(means[1:] - means[0]) / np.sqrt(2 * s2 / results.shape[1])
