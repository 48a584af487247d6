# loses 13-errors-tests: compares neighbours
# told: You compared each row with the one before

# %% grade_id="13-errors"
def in_errors(results):
    s2 = results.var(axis=1, ddof=1).mean()
    return np.diff(results.mean(axis=1)) / np.sqrt(2 * s2 / results.shape[1])
