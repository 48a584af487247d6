# loses 08-train-tests: t begins again in each epoch
# told: Your t begins again at 1 in every epoch

# %% grade_id="08-train"
def train(x, y, weights, order, size, rates, gradients, step):
    weights = list(weights)
    m, s = ([np.zeros(w.shape) for w in weights] for _ in "ms")
    i = 0
    for epoch in order:
        t = 0
        for start in range(0, len(x), size):
            batch = epoch[start : start + size]
            found = gradients(x[batch], y[batch], weights)
            t, i = t + 1, i + 1
            for k, g in enumerate(found):
                weights[k], m[k], s[k] = step(weights[k], g, m[k], s[k], t, rates[i - 1])
    return weights


after_training = loop_function(train)  # for the checks
