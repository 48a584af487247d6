# loses 08-train-tests: the last, smaller batch of each epoch is left out
# told: You drop the last batch of an epoch

# %% grade_id="08-train"
def train(x, y, w, order, size, rates, momentum):
    v, step = np.zeros(len(w)), 0
    for epoch in order:
        for k in range(len(x) // size):
            batch = epoch[k * size : (k + 1) * size]
            v = momentum * v + gradient(x[batch], y[batch], w)
            w = w - rates[step] * v
            step += 1
    return w
