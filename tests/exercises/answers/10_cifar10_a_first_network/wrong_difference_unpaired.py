# loses 10-paired-difference-tests: the two errors are added as if the pictures were different ones
# told: as if they had seen different pictures

# %% grade_id="10-paired-difference"
def paired_difference(right_a, right_b):
    a, b = right_a.mean(), right_b.mean()
    return np.array([a - b, np.sqrt((a * (1 - a) + b * (1 - b)) / len(right_a))])
