# loses 13-errors-tests: averages the deviations
# told: You averaged the deviations

# %% grade_id="13-errors"
def in_errors(results):
    s = np.std(results, axis=1, ddof=1).mean()
    means = results.mean(axis=1)
    return (means[1:] - means[0]) / (s * np.sqrt(2 / results.shape[1]))
