# loses 13-errors-tests: divides by R S − 1 instead of R (S − 1)
# told: the first difference is at

# %% grade_id="13-errors"
def in_errors(results):
    R, S = results.shape
    means = results.mean(axis=1, keepdims=True)
    s2 = ((results - means) ** 2).sum() / (R * S - 1)
    return (means[1:, 0] - means[0, 0]) / np.sqrt(2 * s2 / S)
