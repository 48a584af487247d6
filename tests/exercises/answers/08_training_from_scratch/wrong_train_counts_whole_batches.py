# loses 08-train-tests: N // size steps per epoch, although the last batch may be smaller
# told: You count N // size steps per epoch

# %% grade_id="08-train"
def train(x, y, weights, order, size, rates, gradients, step):
    weights = list(weights)
    m, s = ([np.zeros(w.shape) for w in weights] for _ in "ms")
    t = 0
    for e, epoch in enumerate(order):
        for i, start in enumerate(range(0, len(x), size)):
            batch = epoch[start : start + size]
            found = gradients(x[batch], y[batch], weights)
            t += 1
            for k, g in enumerate(found):
                weights[k], m[k], s[k] = step(weights[k], g, m[k], s[k], t, rates[e * (len(x) // size) + i])
    return weights


after_training = loop_function(train)  # for the checks
