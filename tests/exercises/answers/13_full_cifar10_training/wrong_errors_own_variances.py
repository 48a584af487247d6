# loses 13-errors-tests: takes the two rows' own variances
# told: You used each row's own variance

# %% grade_id="13-errors"
def in_errors(results):
    out = []
    for row in results[1:]:
        s2 = (row.var(ddof=1) + results[0].var(ddof=1)) / 2
        out.append((row.mean() - results[0].mean()) / np.sqrt(2 * s2 / len(row)))
    return out
