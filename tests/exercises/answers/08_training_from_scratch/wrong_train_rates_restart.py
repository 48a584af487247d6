# loses 08-train-tests: the number of the step begins again in each epoch
# told: You read `rates` from the start in every epoch

# %% grade_id="08-train"
def train(x, y, w, order, size, rates, momentum):
    v = np.zeros(len(w))
    for epoch in order:
        for step, start in enumerate(range(0, len(x), size)):
            batch = epoch[start : start + size]
            v = momentum * v + gradient(x[batch], y[batch], w)
            w = w - rates[step] * v
    return w
