# loses 01-flip-tests: the transpose is no flip

# %% grade_id="01-flip"
def flip(w):
    return w.T
