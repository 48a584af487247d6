# loses 01-flip-tests: three rows and columns are written into the code
# told: IndexError

# %% grade_id="01-flip"
def flip(w):
    out = np.zeros((3, 3))
    for u in range(3):
        for v in range(3):
            out[u, v] = w[2 - u, 2 - v]
    return out
