# loses 08-train-tests: asks for the gradients again for each array
# told: You ask for the gradients again after one array has moved

# %% grade_id="08-train"
def train(x, y, weights, order, size, rates, gradients, step):
    weights = list(weights)
    m, s = ([np.zeros(w.shape) for w in weights] for _ in "ms")
    t = 0
    for epoch in order:
        for start in range(0, len(x), size):
            batch = epoch[start : start + size]
            t += 1
            for k in range(len(weights)):
                g = gradients(x[batch], y[batch], weights)[k]
                weights[k], m[k], s[k] = step(weights[k], g, m[k], s[k], t, rates[t - 1])
    return weights


after_training = loop_function(train)  # for the checks
