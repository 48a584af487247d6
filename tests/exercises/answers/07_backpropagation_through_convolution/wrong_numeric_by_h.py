# loses 07-numeric-gradient-tests: divided by h in place of 2h
# told: divide by 2h, not by h

# %% grade_id="07-numeric-gradient"
def numeric_gradient(x, w, h):
    gradient = np.zeros(w.shape)
    for index in np.ndindex(w.shape):
        e = np.zeros(w.shape)
        e[index] = h
        gradient[index] = (loss(x, w + e) - loss(x, w - e)) / h
    return gradient
