# loses 07-numeric-gradient-tests: a step of one's own in place of h
# told: Your step isn't `h`

# %% grade_id="07-numeric-gradient"
EPS = 1e-6


def numeric_gradient(x, w, h):
    gradient = np.zeros(w.shape)
    for index in np.ndindex(w.shape):
        e = np.zeros(w.shape)
        e[index] = EPS
        gradient[index] = (loss(x, w + e) - loss(x, w - e)) / (2 * EPS)
    return gradient
