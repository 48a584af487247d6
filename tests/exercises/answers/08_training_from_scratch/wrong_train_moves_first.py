# loses 08-train-tests: the weights move before the velocity is new
# told: update v first

# %% grade_id="08-train"
def train(x, y, w, order, size, rates, momentum):
    v, step = np.zeros(len(w)), 0
    for epoch in order:
        for start in range(0, len(x), size):
            batch = epoch[start : start + size]
            g = gradient(x[batch], y[batch], w)
            w = w - rates[step] * v
            v = momentum * v + g
            step += 1
    return w
