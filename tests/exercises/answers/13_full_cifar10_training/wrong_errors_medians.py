# loses 13-errors-tests: compares medians
# told: the first difference is at

# %% grade_id="13-errors"
def in_errors(results):
    middle = np.median(results, axis=1)
    s2 = results.var(axis=1, ddof=1).mean()
    return (middle[1:] - middle[0]) / np.sqrt(2 * s2 / results.shape[1])
