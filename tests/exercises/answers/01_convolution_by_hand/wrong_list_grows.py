# loses 01-correlate2d-tests: the list of rows is made once, with the function
# told: the answer's rows differ in length

# %% grade_id="01-correlate2d"
def correlate2d(x, w, out=[]):
    kh, kw = w.shape
    for i in range(len(x) - kh + 1):
        row = [np.sum(x[i : i + kh, j : j + kw] * w) for j in range(len(x[0]) - kw + 1)]
        out.append(row)
    return out
