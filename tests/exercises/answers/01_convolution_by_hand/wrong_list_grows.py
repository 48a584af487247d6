# loses 01-correlate2d-tests: the list of rows is made once, with the function
# told: the answer's rows differ in length

# %% grade_id="01-correlate2d"
def correlate2d(x, w, stride=(1, 1), out=[]):
    down, across = stride
    kh, kw = w.shape
    for i in range((len(x) - kh) // down + 1):
        window = x[i * down : i * down + kh]
        lefts = range(0, len(x[0]) - kw + 1, across)
        row = [np.sum(window[:, j : j + kw] * w) for j in lefts]
        out.append(row)
    return out
