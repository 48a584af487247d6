# loses 08-train-tests: the velocity begins again at 0 in each epoch
# told: You forget the velocity at the start of every epoch

# %% grade_id="08-train"
def train(x, y, w, order, size, rates, momentum):
    step = 0
    for epoch in order:
        v = np.zeros(len(w))
        for start in range(0, len(x), size):
            batch = epoch[start : start + size]
            v = momentum * v + gradient(x[batch], y[batch], w)
            w = w - rates[step] * v
            step += 1
    return w
