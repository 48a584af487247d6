# loses 01-flip-tests: a quarter turn
# told: That is a quarter turn; make it a half turn

# %% grade_id="01-flip"
def flip(w):
    return np.rot90(w)
