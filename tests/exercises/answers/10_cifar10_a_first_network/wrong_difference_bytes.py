# loses 10-paired-difference-tests: bytes have no −1
# told: An unsigned dtype

# %% grade_id="10-paired-difference"
def paired_difference(right_a, right_b):
    d = right_a.astype("uint8") - right_b.astype("uint8")
    return np.array([d.mean(), d.std() / np.sqrt(len(d))])
