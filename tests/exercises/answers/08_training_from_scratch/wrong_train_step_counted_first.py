# loses 08-train-tests: counts the step before its rate is read
# told: which has

# %% grade_id="08-train"
def train(x, y, w, order, size, rates, momentum):
    v, step = np.zeros(len(w)), 0
    for epoch in order:
        for start in range(0, len(x), size):
            batch = epoch[start : start + size]
            v = momentum * v + gradient(x[batch], y[batch], w)
            step += 1
            w = w - rates[step] * v
    return w
