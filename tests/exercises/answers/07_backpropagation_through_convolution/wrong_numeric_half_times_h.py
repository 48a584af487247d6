# loses 07-numeric-gradient-tests: `/ 2 * h` for `/ (2 * h)`
# told: `/ 2 * h` divides by 2 and then multiplies by h

# %% grade_id="07-numeric-gradient"
def numeric_gradient(x, w, h):
    gradient = np.zeros(w.shape)
    for index in np.ndindex(w.shape):
        e = np.zeros(w.shape)
        e[index] = h
        gradient[index] = (loss(x, w + e) - loss(x, w - e)) / 2 * h
    return gradient
