# loses 13-errors-tests: takes the spread of the differences
# told: the spread of the differences seed by seed

# %% grade_id="13-errors"
def in_errors(results):
    apart = results[1:] - results[0]
    return apart.mean(axis=1) / (apart.std(axis=1, ddof=1) / np.sqrt(results.shape[1]))
