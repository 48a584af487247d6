# loses 10-paired-difference-tests: divided by N − 1
# told: not by N − 1

# %% grade_id="10-paired-difference"
def paired_difference(right_a, right_b):
    d = right_a * 1 - right_b * 1
    with np.errstate(all="ignore"):
        return np.array([d.mean(), d.std(ddof=1) / np.sqrt(len(d))])
