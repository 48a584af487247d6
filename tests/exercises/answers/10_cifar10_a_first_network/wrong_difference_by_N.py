# loses 10-paired-difference-tests: divided by N, not by its root
# told: divide it by √N

# %% grade_id="10-paired-difference"
def paired_difference(right_a, right_b):
    d = right_a * 1 - right_b * 1
    return np.array([d.mean(), d.std() / len(d)])
