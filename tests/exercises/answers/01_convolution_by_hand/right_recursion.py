# loses nothing: a row at a time, by functions that call themselves

# %% grade_id="01-correlate2d"
def row_of_outputs(x, w, i, across, j=0):
    if j + w.shape[1] > x.shape[1]:
        return []
    window = x[i : i + w.shape[0], j : j + w.shape[1]]
    return [float(np.vdot(window, w)), *row_of_outputs(x, w, i, across, j + across)]


def correlate2d(x, w, stride=(1, 1)):
    down, across = stride
    tops = range(0, len(x) - len(w) + 1, down)
    return np.array([row_of_outputs(x, w, i, across) for i in tops])


# %% grade_id="01-flip"
def flip(w):
    def turned(part):
        return [turned(p) for p in part[::-1]] if np.ndim(part) else part

    return tuple(turned(w))
