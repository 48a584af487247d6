# loses 13-errors-tests: leaves row 0 out of s²
# told: Row 0 counts in s²

# %% grade_id="13-errors"
def in_errors(results):
    base, others = results[0], results[1:]
    s2 = others.var(axis=1, ddof=1).mean()
    return (others.mean(axis=1) - base.mean()) / np.sqrt(2 * s2 / len(base))
