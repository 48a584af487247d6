# loses 08-train-tests: the rate enters the velocity
# told: You multiply the gradient by the rate before it enters the velocity

# %% grade_id="08-train"
def train(x, y, w, order, size, rates, momentum):
    v, step = np.zeros(len(w)), 0
    for epoch in order:
        for start in range(0, len(x), size):
            batch = epoch[start : start + size]
            v = momentum * v - rates[step] * gradient(x[batch], y[batch], w)
            w = w + v
            step += 1
    return w
