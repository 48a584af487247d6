# loses 07-numeric-gradient-tests: the gradient takes the dtype of the picture
# told: Your result was cut to whole numbers

# %% grade_id="07-numeric-gradient"
def numeric_gradient(x, w, h):
    gradient = np.empty(w.shape, dtype=x.dtype)
    for index in np.ndindex(w.shape):
        up, down = w.astype(float), w.astype(float)
        up[index] += h
        down[index] -= h
        gradient[index] = (loss(x, up) - loss(x, down)) / (2 * h)
    return gradient
