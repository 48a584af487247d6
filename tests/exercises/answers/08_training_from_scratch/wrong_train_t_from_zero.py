# loses 08-train-tests: t is 0 in the first step
# told: t counts from 1

# %% grade_id="08-train"
def train(x, y, weights, order, size, rates, gradients, step):
    weights = list(weights)
    m, s = ([np.zeros(w.shape) for w in weights] for _ in "ms")
    t = 0
    for epoch in order:
        for start in range(0, len(x), size):
            batch = epoch[start : start + size]
            found = gradients(x[batch], y[batch], weights)
            for k, g in enumerate(found):
                weights[k], m[k], s[k] = step(weights[k], g, m[k], s[k], t, rates[t])
            t += 1
    return weights


after_training = loop_function(train)  # for the checks
