# loses 01-flip-tests: minus u is not KH − 1 − u
# told: place −0 is the first

# %% grade_id="01-flip"
def flip(w):
    return [[w[-u, -v] for v in range(w.shape[1])] for u in range(w.shape[0])]
