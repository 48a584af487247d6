# Answer with complex numbers, whose real part is not what counts, and with halves that overflow.
# ends: graded
# %% grade_id="01-by-hand"
by_hand = np.full((3, 3), 1j * np.nan)


# %% grade_id="01-correlate2d"
def correlate2d(x, w, stride=(1, 1)):
    return np.full((x.shape[0] - w.shape[0] + 1, x.shape[1] - w.shape[1] + 1), 7e4, np.float16)


# %% grade_id="01-flip"
def flip(w):
    return np.full(w.shape, complex("inf+nanj"))


# %% grade_id="01-horizontal-kernel"
horizontal = np.full((3, 3), 1e-320 + 5j)
