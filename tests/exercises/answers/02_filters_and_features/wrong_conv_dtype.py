# loses 02-conv-tests: zeros like the picture's numbers
# told: Your result was cut to whole numbers

# %% grade_id="02-conv"
def conv(x, w, b):
    F, C, KH, KW = w.shape
    out = np.zeros((F, x.shape[1] - KH + 1, x.shape[2] - KW + 1), x.dtype)
    for f, i, j in np.ndindex(out.shape):
        out[f, i, j] = np.sum(x[:, i : i + KH, j : j + KW] * w[f]) + b[f]
    return out
