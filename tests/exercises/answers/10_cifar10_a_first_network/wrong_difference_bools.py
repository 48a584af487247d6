# loses 10-paired-difference-tests: bools have no minus
# told: numpy boolean subtract

# %% grade_id="10-paired-difference"
def paired_difference(right_a, right_b):
    d = right_a - right_b
    return np.array([d.mean(), d.std() / np.sqrt(len(d))])
