# loses 10-paired-difference-tests: the mean isn't taken off
# told: Take the mean off

# %% grade_id="10-paired-difference"
def paired_difference(right_a, right_b):
    d = right_a.astype(float) - right_b.astype(float)
    return np.array([d.mean(), (d @ d) ** 0.5 / len(d)])
