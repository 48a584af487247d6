# loses 08-train-tests: goes on with the velocity of the training before
# told: the first difference is at

# %% grade_id="08-train"
velocity = {}


def train(x, y, w, order, size, rates, momentum):
    step = 0
    for epoch in order:
        for start in range(0, len(x), size):
            batch = epoch[start : start + size]
            g = gradient(x[batch], y[batch], w)
            velocity[w.shape] = momentum * velocity.get(w.shape, 0) + g
            w = w - rates[step] * velocity[w.shape]
            step += 1
    return w
