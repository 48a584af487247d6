# loses 01-correlate2d-tests: the loops over the kernel stop too early
# told: The kernel's last row and column are left out

# %% grade_id="01-correlate2d"
def correlate2d(x, w, stride=(1, 1)):
    down, across = stride
    out = np.zeros(((x.shape[0] - w.shape[0]) // down + 1, (x.shape[1] - w.shape[1]) // across + 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            for u in range(w.shape[0] - 1):
                for v in range(w.shape[1] - 1):
                    out[i, j] += x[i * down + u, j * across + v] * w[u, v]
    return out
