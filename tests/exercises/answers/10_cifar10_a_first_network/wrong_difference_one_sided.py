# loses 10-paired-difference-tests: only the pictures where a is right and b is wrong count
# told: where only b is right

# %% grade_id="10-paired-difference"
def paired_difference(right_a, right_b):
    d = right_a & ~right_b
    return np.array([d.mean(), d.std() / np.sqrt(len(d))])
