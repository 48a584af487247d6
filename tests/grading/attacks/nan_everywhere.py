# Return what compares strangely.
# %% grade_id="01-correlate2d"
def correlate2d(x, w, stride=(1, 1)):
    return np.full((x.shape[0] - w.shape[0] + 1, x.shape[1] - w.shape[1] + 1), np.nan)


# %% grade_id="01-by-hand"
by_hand = np.full((3, 3), np.nan)


# %% grade_id="01-horizontal-kernel"
horizontal = np.full((3, 3), np.nan)


# %% grade_id="01-flip"
def flip(w):
    return np.broadcast_to(np.inf, w.shape)
