# loses 08-train-tests: the gradient is weighed by 1 − momentum
# told: You multiply the gradient by 1 − momentum

# %% grade_id="08-train"
def train(x, y, w, order, size, rates, momentum):
    v, step = np.zeros(len(w)), 0
    for epoch in order:
        for start in range(0, len(x), size):
            batch = epoch[start : start + size]
            v = momentum * v + (1 - momentum) * gradient(x[batch], y[batch], w)
            w = w - rates[step] * v
            step += 1
    return w
