# loses 10-paired-difference-tests: ^ of bools has no sign
# told: `^` and `abs` give 1 there

# %% grade_id="10-paired-difference"
def paired_difference(right_a, right_b):
    d = right_a ^ right_b
    return np.array([d.mean(), d.std() / np.sqrt(len(d))])
