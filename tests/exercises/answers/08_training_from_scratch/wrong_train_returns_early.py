# loses 08-train-tests: `return` stands inside the loop over the epochs
# told: You stop after the first epoch

# %% grade_id="08-train"
def train(x, y, weights, order, size, rates, gradients, step):
    weights = list(weights)
    m, s = ([np.zeros(w.shape) for w in weights] for _ in "ms")
    t = 0
    for epoch in order:
        for start in range(0, len(x), size):
            batch = epoch[start : start + size]
            found = gradients(x[batch], y[batch], weights)
            t += 1
            for k, g in enumerate(found):
                weights[k], m[k], s[k] = step(weights[k], g, m[k], s[k], t, rates[t - 1])
        return weights


after_training = loop_function(train)  # for the checks
