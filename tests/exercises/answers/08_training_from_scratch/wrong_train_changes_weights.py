# loses 08-train-tests: changes the weights it was given
# told: floats don't fit into an array of whole numbers

# %% grade_id="08-train"
def train(x, y, w, order, size, rates, momentum):
    v, step = np.zeros(len(w)), 0
    for epoch in order:
        for start in range(0, len(x), size):
            batch = epoch[start : start + size]
            v = momentum * v + gradient(x[batch], y[batch], w)
            w -= rates[step] * v
            step += 1
    return w
