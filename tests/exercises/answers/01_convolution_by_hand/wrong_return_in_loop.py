# loses 01-correlate2d-tests: the return is inside the loop over the rows
# told: is the `return` inside a loop?

# %% grade_id="01-correlate2d"
def correlate2d(x, w, stride=(1, 1)):
    down, across = stride
    out = np.zeros(((len(x) - len(w)) // down + 1, (x.shape[1] - w.shape[1]) // across + 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            window = x[i * down : i * down + w.shape[0], j * across : j * across + w.shape[1]]
            out[i, j] = np.sum(window * w)
        return out
