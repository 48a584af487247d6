# loses 07-numeric-gradient-tests: a weight stays where it was moved
# told: You don't put a weight back

# %% grade_id="07-numeric-gradient"
def numeric_gradient(x, w, h):
    w = w.astype(float)
    gradient = np.zeros(w.shape)
    for index in np.ndindex(w.shape):
        w[index] += h
        above = loss(x, w)
        w[index] -= 2 * h
        below = loss(x, w)
        gradient[index] = (above - below) / (2 * h)
    return gradient
