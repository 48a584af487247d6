# loses 10-paired-difference-tests: b minus a
# told: That is b − a

# %% grade_id="10-paired-difference"
def paired_difference(right_a, right_b):
    d = right_b.astype(float) - right_a.astype(float)
    return np.array([d.mean(), d.std() / np.sqrt(len(d))])
