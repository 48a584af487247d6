# loses 13-errors-tests: subtracts the wrong way round
# told: The sign is wrong

# %% grade_id="13-errors"
def in_errors(results):
    means = [sum(row) / len(row) for row in results]
    s2 = sum(np.var(row, ddof=1) for row in results) / len(results)
    return [(means[0] - mean) / (2 * s2 / len(results[0])) ** 0.5 for mean in means[1:]]
