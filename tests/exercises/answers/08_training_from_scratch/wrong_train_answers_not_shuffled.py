# loses 08-train-tests: x is shuffled, y is not
# told: You shuffle x but not y

# %% grade_id="08-train"
def train(x, y, w, order, size, rates, momentum):
    v, step = np.zeros(len(w)), 0
    for epoch in order:
        shuffled = x[epoch]
        for start in range(0, len(x), size):
            g = gradient(shuffled[start : start + size], y[start : start + size], w)
            v = momentum * v + g
            w = w - rates[step] * v
            step += 1
    return w
