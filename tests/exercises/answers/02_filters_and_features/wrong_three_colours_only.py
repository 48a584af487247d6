# loses 02-conv-tests: the three colours are written into the code
# told: In conv(array of shape (5, 4, 6), array of shape (1, 5, 4, 2)

# %% grade_id="02-conv"
def conv(x, w, b):
    F, C, KH, KW = w.shape
    out = np.zeros((F, x.shape[1] - KH + 1, x.shape[2] - KW + 1))
    for f in range(F):
        for c in range(min(3, C)):
            for i in range(out.shape[1]):
                for j in range(out.shape[2]):
                    out[f, i, j] += np.sum(x[c, i : i + KH, j : j + KW] * w[f, c])
        out[f] += b[f]
    return out
