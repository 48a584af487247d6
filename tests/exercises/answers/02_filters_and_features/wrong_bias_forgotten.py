# loses 02-conv-tests: no bias
# told: You forgot the bias

# %% grade_id="02-conv"
def conv(x, w, b):
    F, C, KH, KW = w.shape
    out = np.zeros((F, x.shape[1] - KH + 1, x.shape[2] - KW + 1))
    for f in range(F):
        for i in range(out.shape[1]):
            for j in range(out.shape[2]):
                out[f, i, j] = np.sum(x[:, i : i + KH, j : j + KW] * w[f])
    return out
