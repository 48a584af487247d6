# loses 07-numeric-gradient-tests: the gradient takes the dtype of w
# told: Your result was cut to whole numbers

# %% grade_id="07-numeric-gradient"
def numeric_gradient(x, w, h):
    gradient = np.zeros_like(w)
    units = np.eye(w.size).reshape(w.size, *w.shape)
    for index, e in zip(np.ndindex(w.shape), units):
        gradient[index] = (loss(x, w + h * e) - loss(x, w - h * e)) / (2 * h)
    return gradient
