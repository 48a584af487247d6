# Answer with records, dates, masked numbers and objects instead of numbers.
# ends: graded
# %% grade_id="01-by-hand"
by_hand = np.zeros((3, 3), dtype=[("a", "f8"), ("b", "O")])


# %% grade_id="01-correlate2d"
def correlate2d(x, w, stride=(1, 1)):
    return np.ma.masked_all((x.shape[0] - w.shape[0] + 1, x.shape[1] - w.shape[1] + 1))


# %% grade_id="01-flip"
def flip(w):
    return np.full(w.shape, np.datetime64("NaT"))


# %% grade_id="01-horizontal-kernel"
horizontal = np.full((3, 3), None, dtype=object)
