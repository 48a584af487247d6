# loses 08-train-tests: Nesterov's momentum
# told: That is Nesterov's momentum

# %% grade_id="08-train"
def train(x, y, w, order, size, rates, momentum):
    v, step = np.zeros(len(w)), 0
    for epoch in order:
        for start in range(0, len(x), size):
            batch = epoch[start : start + size]
            g = gradient(x[batch], y[batch], w)
            v = momentum * v + g
            w = w - rates[step] * (g + momentum * v)
            step += 1
    return w
