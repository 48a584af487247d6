# loses 01-flip-tests: reversed, without its rows
# told: all weights are in one row

# %% grade_id="01-flip"
def flip(w):
    return np.array(list(w.flat)[::-1])
