# loses 08-train-tests: `order` counts the epochs and no more
# told: You take the examples in the order of x

# %% grade_id="08-train"
def train(x, y, w, order, size, rates, momentum):
    v, step = np.zeros(len(w)), 0
    for _ in order:
        for start in range(0, len(x), size):
            v = momentum * v + gradient(x[start : start + size], y[start : start + size], w)
            w = w - rates[step] * v
            step += 1
    return w
