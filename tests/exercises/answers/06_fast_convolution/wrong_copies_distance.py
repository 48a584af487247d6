# loses 06-copies-tests: the formula for stride 1, divided by the stride
# told: the first difference is at

# %% grade_id="06-copies"
def copies(H, W, KH, KW, stride):
    i, j = np.indices((H, W))
    rows = np.minimum(np.minimum(i + 1, H - i), np.minimum(KH, H - KH + 1))
    columns = np.minimum(np.minimum(j + 1, W - j), np.minimum(KW, W - KW + 1))
    return -(-rows // stride) * -(-columns // stride)
