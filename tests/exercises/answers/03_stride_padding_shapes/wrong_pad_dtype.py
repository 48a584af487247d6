# loses 03-pad2d-tests: a whole-number border makes a whole-number batch
# told: Your result was cut to whole numbers

# %% grade_id="03-pad2d"
def pad2d(x, padding):
    (top, bottom), (left, right) = padding
    N, C, H, W = x.shape
    out = np.zeros((N, C, top + H + bottom, left + W + right), dtype=int)
    out[:, :, top : top + H, left : left + W] = x
    return out
