# loses 10-paired-difference-tests: both errors added up
# told: the first difference is at [1]

# %% grade_id="10-paired-difference"
def paired_difference(right_a, right_b):
    errors = [right.std() / np.sqrt(len(right)) for right in (right_a, right_b)]
    return np.array([right_a.mean() - right_b.mean(), sum(errors)])
