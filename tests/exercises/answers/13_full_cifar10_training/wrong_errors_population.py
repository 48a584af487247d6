# loses 13-errors-tests: divides by S in the variances
# told: Divide by S − 1 in the variances

# %% grade_id="13-errors"
def in_errors(results):
    s2 = np.mean(np.var(results, axis=1))
    m = np.mean(results, axis=1)
    return (m[1:] - m[0]) / np.sqrt(2 * s2 / results.shape[1])
