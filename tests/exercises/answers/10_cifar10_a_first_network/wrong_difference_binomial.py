# loses 10-paired-difference-tests: the formula for shares
# told: for numbers that are 0 or 1

# %% grade_id="10-paired-difference"
def paired_difference(right_a, right_b):
    d = right_a.mean() - right_b.mean()
    with np.errstate(all="ignore"):
        return np.array([d, np.sqrt(d * (1 - d) / len(right_a))])
