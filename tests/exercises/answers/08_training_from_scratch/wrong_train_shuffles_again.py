# loses 08-train-tests: shuffles what is already shuffled
# told: You shuffle what is already shuffled

# %% grade_id="08-train"
def train(x, y, w, order, size, rates, momentum):
    v, step = np.zeros(len(w)), 0
    for epoch in order:
        x, y = x[epoch], y[epoch]
        for start in range(0, len(x), size):
            v = momentum * v + gradient(x[start : start + size], y[start : start + size], w)
            w = w - rates[step] * v
            step += 1
    return w
