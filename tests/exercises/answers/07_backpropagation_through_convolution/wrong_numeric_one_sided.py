# loses 07-numeric-gradient-tests: a difference on one side
# told: That is the difference on one side

# %% grade_id="07-numeric-gradient"
def numeric_gradient(x, w, h):
    gradient = np.zeros(w.shape)
    for u in range(w.shape[0]):
        for v in range(w.shape[1]):
            moved = w.astype(float)
            moved[u, v] += h
            gradient[u, v] = (loss(x, moved) - loss(x, w)) / h
    return gradient
