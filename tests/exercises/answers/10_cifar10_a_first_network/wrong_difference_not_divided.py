# loses 10-paired-difference-tests: the deviation of one picture, not of the mean
# told: divide the deviation by √N

# %% grade_id="10-paired-difference"
def paired_difference(right_a, right_b):
    d = right_a.astype(int) - right_b.astype(int)
    return np.array([d.mean(), d.std()])
