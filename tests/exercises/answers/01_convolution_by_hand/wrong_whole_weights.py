# loses 01-correlate2d-tests: the weights are made whole numbers
# told: In correlate2d(

# %% grade_id="01-correlate2d"
def correlate2d(x, w, stride=(1, 1)):
    down, across = stride
    out = np.zeros(((x.shape[0] - w.shape[0]) // down + 1, (x.shape[1] - w.shape[1]) // across + 1))
    for i, j in np.ndindex(out.shape):
        for u, v in np.ndindex(w.shape):
            out[i, j] += x[i * down + u, j * across + v] * int(w[u, v])
    return out
