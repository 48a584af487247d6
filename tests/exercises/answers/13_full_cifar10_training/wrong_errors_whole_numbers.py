# loses 13-errors-tests: collects the answer in an array of the results' dtype
# told: cut to whole numbers

# %% grade_id="13-errors"
def in_errors(results):
    means, s2 = results.mean(axis=1), results.var(axis=1, ddof=1).mean()
    out = np.zeros_like(results[1:, 0])
    for r in range(1, len(results)):
        out[r - 1] = (means[r] - means[0]) / np.sqrt(2 * s2 / results.shape[1])
    return out
