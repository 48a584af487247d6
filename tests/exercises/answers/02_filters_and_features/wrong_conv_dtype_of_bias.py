# loses 02-conv-tests: the maps start as copies of whole-number biases
# told: UFuncTypeError: Cannot cast ufunc

# %% grade_id="02-conv"
def conv(x, w, b):
    F, C, KH, KW = w.shape
    out = np.zeros((F, x.shape[1] - KH + 1, x.shape[2] - KW + 1), b.dtype) + b[:, None, None]
    for i in range(out.shape[1]):
        for j in range(out.shape[2]):
            out[:, i, j] += np.sum(x[:, i : i + KH, j : j + KW] * w, axis=(1, 2, 3))
    return out
