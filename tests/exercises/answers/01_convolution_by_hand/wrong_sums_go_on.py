# loses 01-correlate2d-tests: the total isn't set back for the next output
# told: start each sum from 0

# %% grade_id="01-correlate2d"
def correlate2d(x, w, stride=(1, 1)):
    down, across = stride
    out = np.zeros(((len(x) - len(w)) // down + 1, (x.shape[1] - w.shape[1]) // across + 1))
    total = 0
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            for u in range(len(w)):
                for v in range(w.shape[1]):
                    total += x[i * down + u, j * across + v] * w[u, v]
            out[i, j] = total
    return out
