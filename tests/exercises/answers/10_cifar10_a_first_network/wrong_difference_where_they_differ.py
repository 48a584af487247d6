# loses 10-paired-difference-tests: only where the two differ
# told: the first difference is at

# %% grade_id="10-paired-difference"
def paired_difference(right_a, right_b):
    differ = right_a != right_b
    if not differ.any():
        return np.zeros(2)
    d = right_a[differ].astype(float) - right_b[differ]
    return np.array([d.mean(), d.std() / np.sqrt(len(d))])
