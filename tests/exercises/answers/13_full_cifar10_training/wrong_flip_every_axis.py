# loses 13-flip-tests: np.flip of a picture turns all its axes
# told: the first difference is at

# %% grade_id="13-flip"
def flip_in_turns(x, first, epoch):
    out = x.copy()
    for n in np.flatnonzero(first if epoch % 2 == 0 else ~first):
        out[n] = np.flip(x[n])
    return out
