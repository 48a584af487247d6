# loses 01-flip-tests: the new array is one of whole numbers
# told: Your result was cut to whole numbers

# %% grade_id="01-flip"
def flip(w):
    out = np.zeros(w.shape, dtype=int)
    out[:] = w[::-1, ::-1]
    return out
