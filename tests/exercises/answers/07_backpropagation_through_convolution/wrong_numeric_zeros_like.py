# loses 07-numeric-gradient-tests: the step is lost in an array of whole numbers
# told: so does what `zeros_like(w)` makes

# %% grade_id="07-numeric-gradient"
def numeric_gradient(x, w, h):
    gradient = np.zeros(w.shape)
    for u in range(w.shape[0]):
        for v in range(w.shape[1]):
            step = np.zeros_like(w)
            step[u, v] = h
            gradient[u, v] = (loss(x, w + step) - loss(x, w - step)) / (2 * h)
    return gradient
