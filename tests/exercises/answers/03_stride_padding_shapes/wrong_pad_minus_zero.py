# loses 03-pad2d-tests: a slice to −0 is empty
# told: an array of shape (1,1,1,2) was to be stored

# %% grade_id="03-pad2d"
def pad2d(x, padding):
    (top, bottom), (left, right) = padding
    N, C, H, W = x.shape
    out = np.zeros((N, C, top + H + bottom, left + W + right))
    out[:, :, top:-bottom, left:-right] = x
    return out
