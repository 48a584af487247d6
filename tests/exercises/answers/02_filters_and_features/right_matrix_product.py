# loses nothing: windows as rows of a matrix, separable Sobel

# %% grade_id="02-filter-bank"
def filter_bank(x, filters):
    F, KH, KW = filters.shape
    OH, OW = x.shape[0] - KH + 1, x.shape[1] - KW + 1
    rows = [x[i : i + KH, j : j + KW].ravel() for i in range(OH) for j in range(OW)]
    return np.dot(filters.reshape(F, -1), np.transpose(rows)).reshape(F, OH, OW)


# %% grade_id="02-conv"
def conv(x, w, b):
    F, C, KH, KW = w.shape
    OH, OW = x.shape[1] - KH + 1, x.shape[2] - KW + 1
    columns = np.empty((C * KH * KW + 1, OH * OW))
    columns[-1] = 1
    for i in range(OH):
        for j in range(OW):
            columns[:-1, i * OW + j] = x[:, i : i + KH, j : j + KW].reshape(-1)
    return (np.c_[w.reshape(F, -1), b] @ columns).reshape(F, OH, OW)


# %% grade_id="02-sobel-magnitude"
def sobel_magnitude(x):
    x = x.astype(float)
    smooth = np.array([1.0, 2, 1])
    step = np.array([1.0, 0, -1])

    def along(vector, axis, x):
        return np.apply_along_axis(np.convolve, axis, x, vector, "valid")

    return np.hypot(along(smooth, 0, along(step, 1, x)), along(step, 0, along(smooth, 1, x)))
