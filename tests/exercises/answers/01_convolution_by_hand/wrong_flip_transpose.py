# loses 01-flip-tests: the transpose is no flip
# told: That is the transpose

# %% grade_id="01-flip"
def flip(w):
    return w.T
