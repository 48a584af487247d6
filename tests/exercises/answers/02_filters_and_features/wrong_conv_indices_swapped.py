# loses 02-conv-tests: w[c, f] for w[f, c]
# told: you asked for place 1 on axis 0, which has 1 places

# %% grade_id="02-conv"
def conv(x, w, b):
    F, C, KH, KW = w.shape
    out = np.zeros((F, x.shape[1] - KH + 1, x.shape[2] - KW + 1))
    for f, i, j in np.ndindex(out.shape):
        for c in range(C):
            out[f, i, j] += np.sum(x[c, i : i + KH, j : j + KW] * w[c, f])
        out[f, i, j] += b[f]
    return out
