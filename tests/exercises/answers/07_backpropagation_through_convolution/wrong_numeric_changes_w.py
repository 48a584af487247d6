# loses 07-numeric-gradient-tests: moves the weights of w itself
# told: changed what it was given; work on a copy

# %% grade_id="07-numeric-gradient"
def numeric_gradient(x, w, h):
    gradient = np.zeros(w.shape)
    for index in np.ndindex(w.shape):
        w[index] += h
        gradient[index] = loss(x, w)
        w[index] -= 2 * h
        gradient[index] -= loss(x, w)
        w[index] += h
    return gradient / (2 * h)
