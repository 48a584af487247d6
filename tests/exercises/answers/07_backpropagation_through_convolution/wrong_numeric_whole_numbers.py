# loses 07-numeric-gradient-tests: the copy of a kernel of whole numbers stays whole
# told: w holds whole numbers, and so does `w.copy()`

# %% grade_id="07-numeric-gradient"
def numeric_gradient(x, w, h):
    gradient = np.zeros(w.shape)
    for index in np.ndindex(w.shape):
        above, below = w.copy(), w.copy()
        above[index] = above[index] + h
        below[index] = below[index] - h
        gradient[index] = (loss(x, above) - loss(x, below)) / (2 * h)
    return gradient
