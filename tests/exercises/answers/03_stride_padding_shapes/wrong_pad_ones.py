# loses 03-pad2d-tests: ones around the pictures
# told: The border is 1

# %% grade_id="03-pad2d"
def pad2d(x, padding):
    (top, bottom), (left, right) = padding
    N, C, H, W = x.shape
    out = np.ones((N, C, top + H + bottom, left + W + right))
    out[:, :, top : top + H, left : left + W] = x
    return out
