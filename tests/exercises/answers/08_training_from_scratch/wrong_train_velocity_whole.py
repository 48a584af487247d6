# loses 08-train-tests: the velocity stays in an array of whole numbers
# told: Your result was cut to whole numbers

# %% grade_id="08-train"
def train(x, y, w, order, size, rates, momentum):
    v, step = np.zeros_like(w), 0
    for epoch in order:
        for start in range(0, len(x), size):
            batch = epoch[start : start + size]
            v[:] = momentum * v + gradient(x[batch], y[batch], w)
            w = w - rates[step] * v
            step += 1
    return w
