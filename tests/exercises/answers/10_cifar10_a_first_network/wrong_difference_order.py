# loses 10-paired-difference-tests: the error first
# told: The order is (difference

# %% grade_id="10-paired-difference"
def paired_difference(right_a, right_b):
    d = right_a.astype(float) - right_b
    return d.std() / len(d) ** 0.5, d.mean()
